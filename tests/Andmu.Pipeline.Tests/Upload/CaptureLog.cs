using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Tests.Upload;

/// <summary>One entry of the buffer, as it was when it was written; it stays when the buffer has long evicted it.</summary>
internal record struct Captured
{
    public PackageType Type { get; init; }

    public bool IsRandomAccess { get; init; }

    /// <summary>Needs what lies before its random access picture.</summary>
    public bool IsLeading { get; init; }

    /// <summary>Written while the device was switched off: nobody may ever see it.</summary>
    public bool WhileOff { get; init; }

    public long MediaMs { get; init; }

    /// <summary>The latest picture up to and including this entry, leading pictures left out.</summary>
    public long HighestMs { get; init; }

    /// <summary>Where its GOP starts, or -1.</summary>
    public long GopStart { get; init; }

    /// <summary>Sent at least once, over any connection.</summary>
    public bool WasSent { get; set; }

    /// <summary>The platform has it.</summary>
    public bool HasArrived { get; set; }

    /// <summary>Sent so that a platform that keeps its word has it in a recording.</summary>
    public bool SentToRecord { get; set; }

    /// <summary>In a recording.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>In a recording, and the device has had proof of it.</summary>
    public bool IsKnownRecorded { get; set; }
}

/// <summary>All that was ever written into the buffer, by position.</summary>
internal sealed class CaptureLog(bool hasVideo)
{
    private Captured[] _entries = new Captured[4096];

    public long Count { get; private set; }

    public ref Captured this[long position] => ref _entries[position];

    public bool HasVideo => hasVideo;

    private long HighestMs => Count > 0 ? _entries[Count - 1].HighestMs : long.MinValue;

    private long NewestGop => Count > 0 ? _entries[Count - 1].GopStart : -1;

    public void Add(PackageType type, bool isRandomAccess, bool isLeading, bool whileOff, long mediaMs)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        bool isPicture = type == PackageType.Video || !hasVideo;
        bool isStart = hasVideo ? type == PackageType.ParameterSets : isPicture;
        _entries[Count] = new Captured
        {
            Type = type,
            IsRandomAccess = isRandomAccess,
            IsLeading = isLeading,
            WhileOff = whileOff,
            MediaMs = mediaMs,
            HighestMs = isPicture && !isLeading ? Math.Max(HighestMs, mediaMs) : HighestMs,
            GopStart = isStart ? Count : NewestGop,
        };
        Count++;
    }

    /// <summary>The device does not trust any more in what it took for a proof.</summary>
    public void Doubt(long from)
    {
        for (long p = from; p < Count; p++)
        {
            _entries[p].IsKnownRecorded = false;
        }
    }

    public bool IsPicture(long position) => _entries[position].Type == PackageType.Video || !hasVideo;

    public bool IsStart(long position) => _entries[position].GopStart == position;

    /// <summary>The last start at or before a time; else the first behind the floor; else the end.</summary>
    public long StartFor(long mediaMs, long floor)
    {
        long found = Count;
        for (long p = Count - 1; p >= floor; p--)
        {
            if (IsStart(p))
            {
                found = p;
                if (_entries[p].MediaMs <= mediaMs)
                {
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>The first position behind a clip: of the first picture that is shown after one that lies at or behind the end. -1 if it has not come yet.
    /// A leading picture ends no clip: it may be left out.</summary>
    public long CutBehind(long from, long endMs)
    {
        for (long p = Math.Max(from, 1); p < Count; p++)
        {
            long before = _entries[p - 1].HighestMs;
            if (IsPicture(p) && !_entries[p].IsLeading && before >= endMs && _entries[p].MediaMs > before)
            {
                return _entries[p].IsRandomAccess && hasVideo ? p - 1 : p;
            }
        }

        return -1;
    }
}
