using System.Diagnostics;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Waits for what nobody signals, such as a count or a file: in bounded time, and without a pause.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Signal.Patience)
            {
                throw new TimeoutException("It did not become true.");
            }

            await Task.Yield();
        }
    }

    /// <summary>The same, while virtual time passes in steps.</summary>
    public static Task TrueAsync(Func<bool> condition, VirtualTime time, TimeSpan step) => TrueAsync(() =>
    {
        bool isTrue = condition();
        if (!isTrue)
        {
            time.Advance(step);
        }

        return isTrue;
    });
}
