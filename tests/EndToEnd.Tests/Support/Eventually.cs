using System.Diagnostics;

namespace EndToEnd.Tests.Support;

/// <summary>Waits for what other processes, sockets and cards bring about, and nobody signals: in bounded time, looking again and again. No result hangs on how
/// long a look takes; the pause leaves the processor to those that are waited for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException("It did not become true.");
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
