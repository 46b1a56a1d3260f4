using System.Globalization;
using Andmu.Pipeline.Spool.Inspection;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>How far a card has been read, in the last line of a terminal; nothing in a pipe. Data goes through it so that both keep apart.</summary>
internal sealed class ScanProgress(Terminal terminal, IEnumerable<SpoolSegment> segments)
{
    private const string ClearLine = "\r\u001b[K";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly long _total = segments.Sum(static segment => segment.Bytes);
    private long _before;
    private long _drawnAt = terminal.TimeProvider.GetTimestamp();
    private bool _isDrawn;

    /// <summary>So many bytes of the segment that is being read have been read.</summary>
    public void Show(long bytes)
    {
        if (terminal.IsInteractive && terminal.TimeProvider.GetElapsedTime(_drawnAt) >= Interval)
        {
            _drawnAt = terminal.TimeProvider.GetTimestamp();
            _isDrawn = true;
            terminal.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}{_before + bytes:N0} of {_total:N0} bytes"));
            terminal.Out.Flush();
        }
    }

    /// <summary>A segment has been read.</summary>
    public void Pass(SpoolSegment segment) => _before += segment.Bytes;

    /// <summary>Writes a line of data.</summary>
    public void WriteLine(string line)
    {
        Clear();
        terminal.Out.WriteLine(line);
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isDrawn)
        {
            _isDrawn = false;
            terminal.Out.Write(ClearLine);
        }
    }
}
