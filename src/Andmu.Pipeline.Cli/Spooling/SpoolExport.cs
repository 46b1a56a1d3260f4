using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Inspection;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>Writes the media of a journal to files, as the gateway records a device.</summary>
internal sealed class SpoolExport(SpoolDirectory directory, ExportRange range, ExportFiles files, bool withAudio, ScanProgress progress) : IDisposable
{
    private readonly List<RecordingInfo> _recordings = [];
    private RecordingWriter? _writer;
    private VideoCodec _codec;
    private ulong? _last;
    private bool _isBroken;

    /// <summary>Told what is not as it should be.</summary>
    public event Action<string>? Problem;

    /// <summary>Places of the card that gave nothing.</summary>
    public long DamagedPlaces { get; private set; }

    /// <summary>Reads all media and writes what is wanted.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<RecordingInfo> Run(CancellationToken cancellationToken)
    {
        foreach (SpoolSegment segment in directory.Card.Segments(SpoolLane.Media))
        {
            using SpoolSegmentReader reader = directory.Card.Read(segment, Count);
            while (reader.TryRead(out SpoolRecord record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(record);
                progress.Show(reader.Offset);
            }

            cancellationToken.ThrowIfCancellationRequested();
            progress.Pass(segment);
        }

        Finish();
        return _recordings;
    }

    public void Dispose() => _writer?.Dispose();

    private void Count(SpoolFault fault) => DamagedPlaces += fault.Kind is SpoolFaultKind.TornTail or SpoolFaultKind.Header ? 0 : 1;

    private void Add(in SpoolRecord record)
    {
        SpoolMedia media = record.Media;
        var type = (PackageType)media.PackageType;
        bool isKeyFrame = type == PackageType.Video && media.IsKeyFrame;
        _isBroken |= _last is { } last && record.Position.Sequence != last + 1;
        _last = record.Position.Sequence;
        _isBroken &= !isKeyFrame;
        if (type == PackageType.ParameterSets || isKeyFrame)
        {
            Follow(PackageCodec.Of(record.Data.Span));
        }

        // The sets may be older than the first picture that is wanted.
        bool isWanted = type == PackageType.ParameterSets || range.Has(media.IpcamTime);
        if (type == PackageType.Video)
        {
            // What refers to a picture that is missing cannot be shown.
            _isBroken |= !isWanted;
            isWanted &= !_isBroken;
        }

        if (isWanted)
        {
            var fields = new RecordingPackage(
                media.PackageType, isKeyFrame, media.StartTime, media.SequenceNumber, media.IpcamTime, media.ControlFlag);
            _writer?.Add(fields, record.Data.Span);
        }
    }

    private void Follow(VideoCodec? codec)
    {
        if (codec is not { } found || (_writer is not null && found == _codec))
        {
            return;
        }

        Finish();
        _codec = found;
        _writer = new RecordingWriter(found, withAudio, _ => files.Create());
        _writer.Problem += problem => Problem?.Invoke(problem);
    }

    private void Finish()
    {
        if (_writer is { } writer)
        {
            writer.Finish();
            _recordings.AddRange(writer.Recordings.Select(static recording => recording with { Path = ExportFiles.NameOf(recording.Path) }));
            writer.Dispose();
            files.Complete();
            _writer = null;
        }
    }
}
