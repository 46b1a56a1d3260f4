namespace Andmu.Pipeline.Tests.Support;

/// <summary>Tests that measure allocation run alone: a garbage collection that another test causes moves a thread's count.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Allocation
{
    public const string Name = "Allocation";

    /// <summary>How often a measurement is made, once the first round has warmed up.</summary>
    internal const int Rounds = 3;

    /// <summary>Bytes that this thread allocates for a number of steps: the least of some rounds, since what a step allocates, every round shows.</summary>
    internal static long Of(int steps, Action<int> step)
    {
        long least = long.MaxValue;
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < steps; i++)
            {
                step(i);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = round == 0 ? least : Math.Min(least, allocated);
        }

        return least;
    }
}
