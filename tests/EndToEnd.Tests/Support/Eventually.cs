using System.Diagnostics;

namespace EndToEnd.Tests.Support;

/// <summary>Waits for what two processes' worth of threads and sockets will bring about: in bounded time, looking again and again.</summary>
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
