using Andmu.Pipeline.Cli.Pacing;

namespace Andmu.Pipeline.Cli.Tests.Pacing;

public sealed class FrameTimelineTests
{
    [Theory]
    [InlineData(25, 500, 20)]
    [InlineData(0.5, 10, 20)]
    [InlineData(30000.0 / 1001, 30_000_000, 1_001_000)] // ten days of NTSC
    public void TimeOf_ManyPictures_NoErrorAddsUp(double rate, long picture, double seconds)
    {
        TimeSpan time = new FrameTimeline(rate).TimeOf(picture);

        Assert.Equal(seconds, time.TotalSeconds, 0.001);
    }
}
