using Andmu.Pipeline.Cli.Loading;

namespace Andmu.Pipeline.Cli.Tests.Loading;

public sealed class SendDelayHistogramTests
{
    [Fact]
    public void Read_NothingMeasured_IsZero()
    {
        using var delays = new SendDelayHistogram();

        Assert.Equal(default, delays.Read());
    }
}
