using System.Globalization;
using Andmu.Pipeline.Spool.Inspection;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>Checks every record of a journal, and tells each fault as it comes.</summary>
internal sealed class SpoolVerification(SpoolDirectory directory, ScanProgress progress)
{
    private long _records;
    private long _faults;

    /// <summary>True when everything is whole; a torn tail is no fault.</summary>
    public bool Run(CancellationToken cancellationToken)
    {
        if (directory.Card.Volume.Length == 0)
        {
            _faults++;
            progress.WriteLine("VOLUME.ID: offset 0: no whole identity; a journal makes a new one and loses nothing by it");
        }

        foreach (SpoolSegment segment in directory.Segments)
        {
            Check(segment, cancellationToken);
        }

        string result = _faults == 0 ? "everything is whole" : string.Create(CultureInfo.InvariantCulture, $"damaged places: {_faults}");
        progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_records} whole records in {directory.Segments.Count} segments; {result}"));
        return _faults == 0;
    }

    private static string Describe(SpoolFaultKind kind) => kind switch
    {
        SpoolFaultKind.Header => "the segment's header is damaged; its records do not need it",
        SpoolFaultKind.Damaged => "no whole record",
        SpoolFaultKind.Foreign => "a whole record that does not belong here",
        SpoolFaultKind.Unreadable => "the card cannot be read",
        _ => "torn tail, normal after a power cut or while a journal writes: nothing that was said to be kept; no failure",
    };

    private void Check(SpoolSegment segment, CancellationToken cancellationToken)
    {
        using SpoolSegmentReader reader = directory.Card.Read(segment, fault => Report(segment, fault));
        while (reader.TryRead(out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _records++;
            progress.Show(reader.Offset);
        }

        cancellationToken.ThrowIfCancellationRequested();
        progress.Pass(segment);
    }

    private void Report(SpoolSegment segment, SpoolFault fault)
    {
        _faults += fault.Kind == SpoolFaultKind.TornTail ? 0 : 1;
        progress.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{segment.Name}: offset {fault.Offset}, {fault.Bytes} bytes: {Describe(fault.Kind)}"));
    }
}
