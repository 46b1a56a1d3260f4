using Andmu.Pipeline.Gateway.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.Hedgw;

public sealed class ReadGateTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ReadGate _gate;
    private int _stallsOver;

    public ReadGateTests() => _gate = new ReadGate(_time, () => _stallsOver++);

    [Fact]
    public async Task WaitAsync_Throttled_EveryByteTakesItsTime()
    {
        _gate.Throttle(1000);

        for (int i = 0; i < 5; i++)
        {
            await PassAsync();
            _gate.Took(500);
            Task wait = WaitAsync();
            Advance(499);
            Assert.False(wait.IsCompleted);
            Assert.Equal((i + 1, true), _gate.Holds);
            Advance(1);
            Assert.Equal((i + 1, false), _gate.Holds);
            await wait.WaitAsync(TestGateway.Patience);
        }
    }

    [Fact]
    public async Task WaitAsync_AfterAPause_NoMoreThanATenthOfASecondIsSavedUp()
    {
        _gate.Throttle(1000);
        Advance(60_000);

        await PassAsync();
        _gate.Took(1100);
        Task wait = WaitAsync();

        Advance(999);
        Assert.False(wait.IsCompleted);
        Advance(1);
        await wait.WaitAsync(TestGateway.Patience);
    }

    [Fact]
    public void ShutFor_TimerComesEarly_EndsWhenTheTimeIsOver()
    {
        int over = 0;
        using var gate = new ReadGate(new EarlyTimers(_time, TimeSpan.FromMilliseconds(5)), () => over++);
        gate.ShutFor(TimeSpan.FromMilliseconds(100));

        Advance(99);
        Assert.Equal((0, true), (over, gate.Holds.Now));
        Advance(6);
        Assert.Equal((1, false), (over, gate.Holds.Now));
    }

    [Fact]
    public async Task Throttle_Faster_HoldsForWhatWasReadAlready()
    {
        _gate.Throttle(1);
        _gate.Took(1001);
        Task wait = WaitAsync();
        Advance(1000);

        _gate.Throttle(1000);

        Advance(999);
        Assert.False(wait.IsCompleted);
        Advance(1);
        await wait.WaitAsync(TestGateway.Patience);
    }

    [Fact]
    public async Task Throttle_Lifted_LetsAWaitingReadGoOn()
    {
        _gate.Throttle(1);
        _gate.Took(long.MaxValue / 2);
        Task wait = WaitAsync();
        Assert.Equal((1, true), _gate.Holds);

        _gate.Throttle(null);

        await wait.WaitAsync(TestGateway.Patience);
        _gate.Took(1_000_000);
        await PassAsync();
    }

    [Fact]
    public async Task ShutFor_TwoThatOverlap_LastsUntilTheLaterEnd()
    {
        _gate.ShutFor(TimeSpan.FromSeconds(10));
        Task wait = WaitAsync();
        Advance(1000);
        _gate.ShutFor(TimeSpan.FromSeconds(2));

        Advance(8999);
        Assert.False(wait.IsCompleted);
        Assert.Equal(0, _stallsOver);
        Advance(1);
        await wait.WaitAsync(TestGateway.Patience);
        Assert.Equal(1, _stallsOver);
    }

    [Fact]
    public async Task ShutFor_WithinAnEndlessStall_DoesNotEndIt()
    {
        Assert.True(_gate.Shut());
        Assert.False(_gate.Shut());
        _gate.ShutFor(TimeSpan.FromSeconds(1));
        Task wait = WaitAsync();

        Advance(1_000_000);
        Assert.False(wait.IsCompleted);
        Assert.True(_gate.Open());
        await wait.WaitAsync(TestGateway.Patience);
        Assert.False(_gate.Open());
        Assert.Equal(0, _stallsOver);
    }

    [Fact]
    public async Task WaitAsync_Released_EndsWithoutAnError()
    {
        using var released = new CancellationTokenSource();
        _gate.Shut();
        Task wait = _gate.WaitAsync(released.Token).AsTask();

        released.Cancel();

        await wait.WaitAsync(TestGateway.Patience);
    }

    public void Dispose() => _gate.Dispose();

    private Task WaitAsync() => _gate.WaitAsync(CancellationToken.None).AsTask();

    private Task PassAsync()
    {
        Task wait = WaitAsync();
        Assert.True(wait.IsCompletedSuccessfully);
        return wait;
    }

    private void Advance(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
