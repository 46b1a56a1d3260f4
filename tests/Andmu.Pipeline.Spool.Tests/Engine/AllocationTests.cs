using Andmu.Pipeline.Spool.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>Runs alone: a garbage collection that another test causes moves a thread's count.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Rounds = 4;

    [Fact]
    public void AppendAndCommit_SteadyState_AllocatesNothing()
    {
        var journal = new SpoolJournal(new SinkStore(), null, new FakeTimeProvider(), new Random(1));
        byte[] data = new byte[2000];
        long least = long.MaxValue;
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Write(journal, data, 1000);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = round == 0 ? least : Math.Min(least, allocated); // what a record allocates, every round shows
        }

        Assert.Equal(0, least);
        Assert.True(journal.Status.KeptRecords > Rounds * 1000);
        Assert.Equal(0, journal.Loss(SpoolLossReason.QueueFull).Count);
    }

    private static void Write(SpoolJournal journal, byte[] data, int count)
    {
        for (uint i = 0; i < count; i++)
        {
            journal.TryAppend(new SpoolMedia(2, i % 50 == 0, i, i, i), data, out _);
            if (i % 100 == 0)
            {
                journal.TryAppend(new SpoolEvent(1, 1, i), data.AsSpan(0, 100), out _);
            }

            while (journal.Engine.Step() == TimeSpan.Zero)
            {
            }
        }
    }
}
