using System.Diagnostics;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Waits for what nobody signals, such as a count or a file: in bounded time.</summary>
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

    /// <summary>The same, while virtual time passes in steps: slowly enough for those who act in between to get a processor, and lest the peers take each
    /// other for dead meanwhile.</summary>
    public static async Task TrueAsync(Func<bool> condition, VirtualTime time, TimeSpan step)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Signal.Patience)
            {
                throw new TimeoutException("It did not become true.");
            }

            time.Advance(step);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
