using Andmu.Pipeline.Spool.Storage;
using Andmu.Pipeline.Spool.Tests.Fakes;

namespace Andmu.Pipeline.Spool.Tests;

/// <summary>The journal with its own thread.</summary>
public sealed class SpoolJournalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task TryAppend_CardStalls_NeverWaitsAndAllIsKeptAfterwards()
    {
        using var stalled = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var store = new FakeStore
        {
            Inject = call =>
            {
                if (call == StoreCall.Sync)
                {
                    stalled.Set();
                    go.Wait(); // the card stands still until the test lets it go on
                }

                return StoreFault.None;
            },
        };
        await using var journal = new SpoolJournal(store, SpoolRig.Small, null, new Random(1));
        journal.Start();
        Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(new SpoolEvent(1, 1, 1), "first"u8, out _));
        Assert.True(stalled.Wait(Patience));

        // All of this happens on one thread while the card does nothing: that it ends is the proof.
        long last = 0;
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            SpoolAppendResult result = journal.TryAppend(new SpoolMedia(2, i % 50 == 0, (uint)i, (uint)i, null), new byte[1000], out long ticket);
            last = Math.Max(last, ticket);
            refused += result == SpoolAppendResult.QueueFull ? 1 : 0;
            journal.Media.TryRead(out _);
            journal.Media.Confirm(default);
        }

        Assert.True(refused > 0);
        Assert.Equal(refused, journal.Loss(SpoolLossReason.QueueFull).Count);
        Assert.Equal(0, journal.KeptThrough(SpoolLane.Event));
        Assert.Equal(0, journal.Status.KeptRecords);
        go.Set();
        await Progress.WaitForAsync(journal, () => journal.KeptThrough(SpoolLane.Media) == last && journal.KeptThrough(SpoolLane.Event) == 1);
    }

    [Fact]
    public async Task DisposeAsync_CardStalls_ReturnsAfterTheTimeout()
    {
        using var stalled = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var store = new FakeStore
        {
            Inject = call =>
            {
                stalled.Set();
                go.Wait();
                return StoreFault.None;
            },
        };
        var journal = new SpoolJournal(store, SpoolRig.Small with { CloseTimeout = TimeSpan.Zero }, null, new Random(1));
        journal.Start();
        Assert.True(stalled.Wait(Patience));
        await journal.DisposeAsync();
        Assert.Equal(SpoolAppendResult.Closed, journal.TryAppend(new SpoolEvent(1, 1, 1), "late"u8, out long ticket));
        Assert.Equal(0, ticket);
        go.Set();
        await WaitForEnd(journal);
    }

    [Fact]
    public async Task RealDirectory_WrittenClosedAndRead_GivesAllOfBothLanes()
    {
        string directory = Directory.CreateTempSubdirectory("andmu-spool-").FullName;
        try
        {
            await using (var journal = new SpoolJournal(directory))
            {
                journal.Start();
                for (uint id = 1; id <= 500; id++)
                {
                    Assert.Equal(
                        SpoolAppendResult.Accepted, journal.TryAppend(new SpoolMedia(2, id % 25 == 1, id, id, id), SpoolRig.Data(id, 5000), out _));
                }

                journal.TryAppend(new SpoolEvent(1, 1, 1), SpoolRig.Data(7, 10), out _);
            }

            await using var reading = new SpoolJournal(directory);
            reading.Start();
            Assert.Equal(Enumerable.Range(1, 500).Select(static id => (uint)id), await ReadAll(reading, reading.Media, 500));
            Assert.Equal([7u], await ReadAll(reading, reading.Events, 1));
            Assert.Equal(SpoolState.Ready, reading.Status.State);
            Assert.True(reading.Status.TotalBytes > reading.Status.FreeBytes && reading.Status.Volume.Length == 32);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Start_Twice_Throws()
    {
        await using var journal = new SpoolJournal(new FakeStore(), SpoolRig.Small, null, new Random(1));
        journal.Start();
        Assert.Throws<InvalidOperationException>(journal.Start);
    }

    [Fact]
    public async Task DisposeAsync_NeverStarted_Returns()
    {
        var journal = new SpoolJournal(new FakeStore(), SpoolRig.Small, null, new Random(1));
        await journal.DisposeAsync();
        await journal.DisposeAsync();
    }

    [Fact]
    public void TryAppend_TooLarge_IsRefusedAndCounted()
    {
        var rig = new SpoolRig(new FakeStore());
        Assert.Equal(SpoolAppendResult.TooLarge, rig.AddMedia(1, SpoolRig.Small.MaxRecordBytes + 1, startsGop: false, out _));
        Assert.Equal(
            SpoolAppendResult.TooLarge, rig.Journal.TryAppend(new SpoolEvent(1, 1, 1), new byte[SpoolOptions.MaxEventBytes + 1], out long ticket));
        Assert.Equal((0L, 2L), (ticket, rig.Journal.Loss(SpoolLossReason.TooLarge).Count));
    }

    [Fact]
    public void Constructor_OptionOutOfRange_Throws()
    {
        foreach (SpoolOptions options in (SpoolOptions[])
            [
                new() { CapacityBytes = 1024 },
                new() { FreeSpaceFloorBytes = -1 },
                new() { QueueBytes = 1024 },
                new() { QueueRecords = 1 },
                new() { MaxRecordBytes = 8 * 1024 * 1024 },
                new() { SyncInterval = TimeSpan.Zero },
                new() { ProbeInterval = TimeSpan.Zero },
                new() { CursorInterval = TimeSpan.Zero },
                new() { CloseTimeout = TimeSpan.FromSeconds(-1) },
                new() { ProbeInterval = TimeSpan.MaxValue },
                new() { CursorInterval = TimeSpan.MaxValue },
                new() { CloseTimeout = TimeSpan.MaxValue },
            ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new SpoolJournal("/nowhere", options));
        }
    }

    private static async Task<List<uint>> ReadAll(SpoolJournal journal, SpoolReader reader, int count)
    {
        var found = new List<uint>();
        await Progress.WaitForAsync(journal, () =>
        {
            while (reader.TryRead(out SpoolRecord record))
            {
                found.Add(SpoolRig.Check(record.Data.Span));
            }

            return found.Count >= count;
        });
        return found;
    }

    private static async Task WaitForEnd(SpoolJournal journal) => await Progress.WaitForAsync(journal, () => journal.Status.State == SpoolState.Closed);
}
