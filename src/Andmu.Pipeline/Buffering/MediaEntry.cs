using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Buffering;

/// <summary>One media package as it lies in a <see cref="MediaBuffer"/>: where its bytes are and what the wire says of it.</summary>
internal struct MediaEntry
{
    /// <summary>First byte in the arena.</summary>
    public int Offset;

    /// <summary>Bytes of payload.</summary>
    public int Length;

    /// <summary>1 once the payload is copied in. Written last, read first: see <see cref="MediaBuffer"/>.</summary>
    public int Committed;

    public PackageType PackageType;

    /// <summary>The package belongs to a random access picture: its parameter sets, or the picture itself.</summary>
    public bool IsRandomAccess;

    /// <summary>A CRA picture (ITU-T H.265): after a cut it is sent as BLA.</summary>
    public bool IsCleanRandomAccess;

    /// <summary>A random access skipped leading picture (RASL, ITU-T H.265 3.1): it cannot be decoded when the pictures before its random access picture are missing.</summary>
    public bool IsSkippedLeading;

    /// <summary>seq_num: counted at capture, so that a gap shows what was dropped (specification 5.2.3).</summary>
    public uint SequenceNumber;

    /// <summary>start_time, ms, wraps: see <see cref="StartTimes"/>.</summary>
    public uint StartTime;

    /// <summary>ipcam_time: UTC, ms since 1970.</summary>
    public ulong CaptureTime;

    /// <summary>Presentation time in ms, not wrapped and without jumps (<see cref="MediaTimeline"/>): for time bounds and ranges.</summary>
    public long MediaTime;

    /// <summary>When it was written, ticks of 100 ns by <see cref="MediaBuffer.ElapsedTicks"/>: for how long it waited.</summary>
    public long WrittenAt;

    /// <summary>Luma samples across, after cropping, that a decoder puts out from here on; 0 on all but random access pictures, and when not known.</summary>
    public ushort Width;

    /// <summary>Luma samples down; 0 as <see cref="Width"/>.</summary>
    public ushort Height;

    /// <summary>Position of the entry at which the GOP of this entry starts (its parameter sets), or <see cref="MediaBuffer.None"/>.</summary>
    public long GopStart;

    /// <summary>Everything written up to and including this entry: the difference of two says what lies between them, also when it is gone.</summary>
    public MediaTotals Totals;

    /// <summary><see cref="WrittenAt"/> in ms.</summary>
    public readonly long WrittenAtMs => WrittenAt / TimeSpan.TicksPerMillisecond;

    /// <summary>What this entry alone adds to the totals.</summary>
    public readonly MediaTotals Own => PackageType switch
    {
        PackageType.Video => new MediaTotals(1, 0, IsRandomAccess ? 1 : 0, Length),
        PackageType.Audio => new MediaTotals(0, 1, 0, Length),
        _ => new MediaTotals(0, 0, 0, Length),
    };
}
