using Andmu.Pipeline.Spool.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Spool.Tests.Engine;

/// <summary>Runs alone: a garbage collection that another test causes moves a thread's count.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Rounds = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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

    [Fact]
    public async Task AppendAndCommit_OwnThreadAndRealFiles_NeitherThreadAllocates()
    {
        string directory = Directory.CreateTempSubdirectory("andmu-spool-").FullName;
        try
        {
            var options = new SpoolOptions { FreeSpaceFloorBytes = 0, ProbeInterval = TimeSpan.FromHours(1) }; // a look at the card allocates
            using var kept = new AutoResetEvent(false);
            await using var journal = new SpoolJournal(directory, options);
            long target = 0;
            long writer = 0;
            journal.Progressed += () =>
            {
                if (journal.KeptThrough(SpoolLane.Media) >= Interlocked.Read(ref target))
                {
                    Interlocked.Exchange(ref writer, GC.GetAllocatedBytesForCurrentThread()); // raised on the journal's thread
                    kept.Set();
                }
            };
            journal.Start();
            byte[] data = new byte[2000];
            (long Caller, long Writer) least = (long.MaxValue, long.MaxValue);
            for (int round = 0; round <= Rounds; round++)
            {
                (long caller, long before) = (GC.GetAllocatedBytesForCurrentThread(), Interlocked.Read(ref writer));
                AppendGops(journal, data, kept, ref target);
                (caller, before) = (GC.GetAllocatedBytesForCurrentThread() - caller, Interlocked.Read(ref writer) - before);
                least = round == 0 ? least : (Math.Min(least.Caller, caller), Math.Min(least.Writer, before));
            }

            Assert.Equal((0L, 0L), least);
            Assert.Equal(1, journal.Status.Segments); // a new one allocates
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Forty GOPs, the next when the one before is kept.</summary>
    private static void AppendGops(SpoolJournal journal, byte[] data, AutoResetEvent kept, ref long target)
    {
        for (uint i = 0; i <= 400; i++)
        {
            journal.TryAppend(new SpoolMedia(2, i % 10 == 0, i, i, i), data, out long ticket);
            if (i % 10 == 0 && i > 0)
            {
                Interlocked.Exchange(ref target, ticket - 1);
                while (journal.KeptThrough(SpoolLane.Media) < ticket - 1)
                {
                    Assert.True(kept.WaitOne(Patience), "nothing happens");
                }
            }
        }
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
