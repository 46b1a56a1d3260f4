using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests.Firmware;

public sealed class ProgressGateTests
{
    private readonly VirtualTime _time = new();

    [Theory]
    [InlineData(1, 1000, false)]
    [InlineData(2, 49, false)]
    [InlineData(2, 50, true)]
    [InlineData(60, 49, false)]
    public void Passes_OnceTimeAndBytesHaveMoved(int seconds, long bytes, bool passes)
    {
        var gate = Gate();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(passes, gate.Passes(bytes, 1000));
    }

    [Fact]
    public void Passes_FastDownload_IsBoundByTime()
    {
        var gate = Gate();
        int reports = 0;
        for (int i = 0; i < 1000; i++) // 10 s
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            reports += gate.Passes(i, 1000) ? 1 : 0;
        }

        Assert.Equal(5, reports);
    }

    [Fact]
    public void Passes_SlowDownload_IsBoundBySteps()
    {
        var gate = Gate();
        int reports = 0;
        for (int i = 1; i <= 1000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            reports += gate.Passes(i, 1000) ? 1 : 0;
        }

        Assert.Equal(20, reports);
    }

    [Fact]
    public void Passes_TotalUnknown_GoesByTime()
    {
        var gate = Gate();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(gate.Passes(1, 0));
        Assert.False(gate.Passes(1_000_000, 0));
    }

    [Fact]
    public void Passes_FromZeroAgain_GoesOnFromThere()
    {
        var gate = Gate();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(gate.Passes(900, 1000));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(gate.Passes(10, 1000));
        Assert.True(gate.Passes(60, 1000));
    }

    private ProgressGate Gate() => new(_time, TimeSpan.FromSeconds(2), percent: 5);
}
