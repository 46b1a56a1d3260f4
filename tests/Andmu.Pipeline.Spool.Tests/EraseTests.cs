namespace Andmu.Pipeline.Spool.Tests;

/// <summary>A card that its user wants empty.</summary>
public sealed class EraseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("andmu-erase-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task EraseAsync_Kept_IsGoneAndTheJournalGoesOn()
    {
        await using var journal = new SpoolJournal(_directory.FullName);
        journal.Start();
        await KeepAsync(journal);

        Assert.True(await journal.EraseAsync().WaitAsync(Patience, TestContext.Current.CancellationToken));

        Assert.Empty(_directory.GetFiles("*.MED"));
        Assert.Equal(1, journal.Loss(SpoolLossReason.Erased).Count);
        await KeepAsync(journal);
        Assert.Single(_directory.GetFiles("*.MED"));
    }

    [Fact]
    public async Task EraseAsync_NoCard_SaysSo()
    {
        await using var journal = new SpoolJournal("/proc/andmu-no-card");
        journal.Start();

        Assert.False(await journal.EraseAsync().WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EraseAsync_Closed_SaysSo()
    {
        var journal = new SpoolJournal(_directory.FullName);
        journal.Start();
        await journal.DisposeAsync();

        Assert.False(await journal.EraseAsync().WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    private static async Task KeepAsync(SpoolJournal journal)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long ticket = 0;
        void OnProgress()
        {
            if (journal.KeptThrough(SpoolLane.Media) >= Volatile.Read(ref ticket))
            {
                kept.TrySetResult();
            }
        }

        Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(new SpoolMedia(2, true, 0, 0, 1), new byte[1000], out ticket));
        journal.Progressed += OnProgress;
        await kept.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        journal.Progressed -= OnProgress;
    }
}
