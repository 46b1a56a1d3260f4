namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// Packages carry presentation times only, and come in decode order. A GOP is decoded in the time in which it is shown, so its sorted
/// presentation times serve as decode times; the signed composition offsets of trun version 1 make up the difference.
/// With B-frames some pictures would be decoded after they are shown, which is allowed but puts some players out of step with the
/// sound. So all are shown later by the delay of the first GOP, and an edit list takes the delay back (ISO/IEC 14496-12 8.6.6).
/// </summary>
internal static class DecodeTimes
{
    /// <summary>The decode times of a GOP: strictly growing, all behind <paramref name="previous"/>.</summary>
    public static long[] Of(ReadOnlySpan<VideoSample> samples, long previous)
    {
        long[] times = new long[samples.Length];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = samples[i].PresentationTime;
        }

        Array.Sort(times);
        for (int i = 0; i < times.Length; i++)
        {
            // Two pictures of the same time are a device's fault; a file's decode times grow all the same.
            times[i] = Math.Max(times[i], previous + 1);
            previous = times[i];
        }

        return times;
    }

    /// <summary>By how much pictures must be shown later, so that none is shown before it is decoded.</summary>
    public static long DelayOf(ReadOnlySpan<VideoSample> samples)
    {
        long[] times = Of(samples, long.MinValue / 2);
        long delay = 0;
        for (int i = 0; i < times.Length; i++)
        {
            delay = Math.Max(delay, times[i] - samples[i].PresentationTime);
        }

        return delay;
    }

    /// <summary>
    /// When the last sample ends: where the next GOP starts. After an open GOP's key frame pictures may follow that are shown before
    /// it, so there, and at the end of a file, the step before the last is taken again.
    /// </summary>
    public static long EndOf(ReadOnlySpan<long> times, long? next)
    {
        long last = times[^1];
        long step = times.Length > 1 ? last - times[^2] : 40;
        return next is { } start && start > last ? start : last + step;
    }
}
