using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class WakeSignalTests
{
    [Fact]
    public void WaitAsync_SetBefore_CompletesAtOnce()
    {
        var signal = new WakeSignal();
        signal.Set();
        Assert.True(signal.WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void Set_SeveralTimes_WakesOnce()
    {
        var signal = new WakeSignal();
        signal.Set();
        signal.Set();
        Assert.True(signal.WaitAsync().IsCompletedSuccessfully);
        Assert.False(signal.WaitAsync().IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task WaitAsync_SetLater_Completes()
    {
        var signal = new WakeSignal();
        ValueTask wait = signal.WaitAsync();
        Assert.False(wait.IsCompleted);
        signal.Set();
        await wait;
        Assert.False(signal.WaitAsync().IsCompleted);
    }

    /// <summary>Two loops that wake each other by turns: one wake-up lost, and both wait for ever.</summary>
    [Fact(Timeout = 30_000)]
    public async Task SetAndWait_TwoThreadsByTurns_NoWakeUpIsLost()
    {
        const int rounds = 50_000;
        var there = new WakeSignal();
        var back = new WakeSignal();
        Task answering = Task.Run(async () =>
        {
            for (int i = 0; i < rounds; i++)
            {
                await there.WaitAsync();
                back.Set();
            }
        });
        for (int i = 0; i < rounds; i++)
        {
            there.Set();
            await back.WaitAsync();
        }

        await answering;
    }

    /// <summary>A producer that does not wait: the consumer must see the last of every burst.</summary>
    [Fact(Timeout = 30_000)]
    public async Task SetAndWait_Bursts_TheLastIsSeen()
    {
        const int bursts = 2_000;
        const int burst = 50;
        var signal = new WakeSignal();
        var seenBurst = new WakeSignal();
        int produced = 0;
        Task producing = Task.Run(async () =>
        {
            for (int i = 0; i < bursts; i++)
            {
                for (int k = 0; k < burst; k++)
                {
                    Interlocked.Increment(ref produced);
                    signal.Set();
                }

                await seenBurst.WaitAsync();
            }
        });
        for (int i = 1; i <= bursts; i++)
        {
            while (Volatile.Read(ref produced) < i * burst)
            {
                await signal.WaitAsync();
            }

            seenBurst.Set();
        }

        await producing;
    }
}
