using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>One track of a device, guarded against a host that pushes it from two threads at once: the second is told so. Never waits.</summary>
internal sealed class PushLane(MediaTrack track, PushCounts counts)
{
    /// <summary>Times that a clock of microseconds can have: beyond 10,000 years it is none.</summary>
    private const long MaxMicroseconds = long.MaxValue / 32;

    private int _taken;

    public NativeResult Push(ReadOnlySpan<byte> data, long microseconds) => Push(data, 0, microseconds);

    public NativeResult PushSilence(int bytes, long microseconds) => Push(default, bytes, microseconds);

    private NativeResult Push(ReadOnlySpan<byte> data, int silence, long microseconds)
    {
        if (microseconds is > MaxMicroseconds or < -MaxMicroseconds)
        {
            return NativeResult.Invalid;
        }

        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            return NativeResult.Busy;
        }

        try
        {
            var time = new TimeSpan(microseconds * TimeSpan.TicksPerMicrosecond);
            return counts.Count(ErrorMap.Of(silence > 0 ? track.TryWriteSilence(silence, time) : track.TryWrite(data, time)));
        }
        finally
        {
            Volatile.Write(ref _taken, 0);
        }
    }
}

/// <summary>What was not taken, by why. Thread-safe.</summary>
internal sealed class PushCounts
{
    private long _again;
    private long _keyFrame;
    private long _malformed;

    public long Again => Interlocked.Read(ref _again);

    public long KeyFrame => Interlocked.Read(ref _keyFrame);

    public long Malformed => Interlocked.Read(ref _malformed);

    public NativeResult Count(NativeResult result)
    {
        _ = result switch
        {
            NativeResult.Again => Interlocked.Increment(ref _again),
            NativeResult.KeyFrame => Interlocked.Increment(ref _keyFrame),
            NativeResult.Malformed => Interlocked.Increment(ref _malformed),
            _ => 0,
        };
        return result;
    }
}
