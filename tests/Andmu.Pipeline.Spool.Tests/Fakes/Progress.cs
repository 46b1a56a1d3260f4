using System.Diagnostics;

namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>Waits for what a journal with a thread of its own does.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns once it is so; asked after each thing that the journal did. What never comes is a failure, and says how the journal is.</summary>
    public static async Task WaitForAsync(SpoolJournal journal, Func<bool> isSo)
    {
        var progressed = new SemaphoreSlim(0); // not disposed: the journal's thread may be about to signal it
        void Signal() => progressed.Release();
        journal.Progressed += Signal;
        long start = Stopwatch.GetTimestamp();
        try
        {
            while (!isSo())
            {
                Assert.True(await progressed.WaitAsync(Patience) && Stopwatch.GetElapsedTime(start) < Patience, $"it does not come: {journal.Status}");
            }
        }
        finally
        {
            journal.Progressed -= Signal;
        }
    }
}
