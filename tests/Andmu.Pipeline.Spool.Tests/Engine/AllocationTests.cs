using Andmu.Pipeline.Spool.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Spool.Tests.Engine;

public sealed class AllocationTests
{
    [Fact]
    public void AppendAndCommit_SteadyState_AllocatesNothing()
    {
        var journal = new SpoolJournal(new SinkStore(), null, new FakeTimeProvider(), new Random(1));
        byte[] data = new byte[2000];
        Write(journal, data, 500);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Write(journal, data, 2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(journal.Status.KeptRecords > 2400);
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
