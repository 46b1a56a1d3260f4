using Andmu.Pipeline.Cli.Pacing;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Pacing;

public sealed class MediaClockTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task WaitUntilAsync_TimeComes_CompletesThenAndNotBefore()
    {
        using var clock = new MediaClock(_time);
        Task waiting = clock.WaitUntilAsync(TimeSpan.FromMilliseconds(40), default).AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(39));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;
    }

    [Fact]
    public async Task WaitUntilAsync_TimeHasPassed_CompletesAtOnce()
    {
        using var clock = new MediaClock(_time);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(clock.WaitUntilAsync(TimeSpan.FromSeconds(1), default).AsTask().IsCompletedSuccessfully);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await clock.WaitUntilAsync(TimeSpan.Zero, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task WaitUntilAsync_Cancelled_Throws()
    {
        using var clock = new MediaClock(_time);
        using var cancel = new CancellationTokenSource();
        Task waiting = clock.WaitUntilAsync(TimeSpan.FromSeconds(1), cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
