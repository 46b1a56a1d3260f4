namespace Andmu.Pipeline.Control.Tests;

/// <summary>Counts what the calling thread allocates.</summary>
internal static class Allocations
{
    /// <summary>Fails when the action still allocates once it has run before.</summary>
    public static void AssertNone(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
