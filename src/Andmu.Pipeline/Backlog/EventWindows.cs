using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Backlog;

/// <summary>When something happened, with what is recorded before and after it: which media a platform wants that asks for those of events alone
/// (sd_upload_mode 2, specification 5.2.1). Pure. Not thread-safe.</summary>
internal sealed class EventWindows(EventRecordingOptions recording)
{
    /// <summary>A clip begins at the key frame before its pre-roll: GOPs are this long at the most.</summary>
    private static readonly TimeSpan LongestGop = TimeSpan.FromSeconds(10);

    /// <summary>Events of a backlog that are remembered: weeks of them. Beyond that, the oldest are forgotten; their media has been sent by then.</summary>
    private const int Capacity = 4096;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _windows = [];
    private readonly Dictionary<DeviceEventType, DateTimeOffset> _starts = [];

    /// <summary>Takes in an event.</summary>
    public void Add(in BacklogEvent happened)
    {
        if (happened.Type == DeviceEventType.PersonCount)
        {
            return; // figures, not a happening
        }

        if (_windows.Count == Capacity)
        {
            _windows.RemoveAt(0);
        }

        // A start whose end is lost is worth its post-roll; an end whose start is lost, its pre-roll: each is a window of its own.
        _windows.Add((happened.Time - recording.PreRoll - LongestGop, happened.Time + recording.PostRoll));
        if (!happened.Started && _starts.Remove(happened.Type, out DateTimeOffset start) && start < happened.Time)
        {
            _windows.Add((start, happened.Time));
        }
        else if (happened.Started)
        {
            _starts[happened.Type] = happened.Time;
        }
    }

    /// <summary>Whether a GOP that was captured from then on belongs to an event.</summary>
    public bool Covers(DateTimeOffset gopStart) => _windows.Exists(window => window.From <= gopStart && gopStart <= window.To);
}
