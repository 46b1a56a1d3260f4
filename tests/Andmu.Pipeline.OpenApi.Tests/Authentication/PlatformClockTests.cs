using Andmu.Pipeline.OpenApi.Authentication;
using Andmu.Pipeline.OpenApi.Tests.Doubles;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.OpenApi.Tests.Authentication;

public sealed class PlatformClockTests
{
    [Theory]
    [InlineData("2017-01-01T15:10:00+08:00")]
    [InlineData("2017-01-01T07:10:00Z")]
    [InlineData("2017-01-01T07:10:00.000Z")]
    [InlineData(" 2017-01-01T07:10:00-00:00 ")]
    [InlineData("Sun, 01 Jan 2017 07:10:00 GMT")]
    [InlineData("Sunday, 01-Jan-17 07:10:00 GMT")]
    [InlineData("Sun Jan  1 07:10:00 2017")]
    public void TryAdopt_AnyFormOfDate_TakesTheDifference(string date)
    {
        var clock = new PlatformClock(Sample.Clock());
        Assert.True(clock.TryAdopt(date));
        Assert.Equal(TimeSpan.FromMinutes(10), clock.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("1483225800")]
    [InlineData("2017-01-01T15:10:00")]
    [InlineData("2017-01-01")]
    [InlineData("2017-13-01T15:10:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void TryAdopt_NoUsableDate_KeepsTheOffset(string? date)
    {
        var clock = new PlatformClock(Sample.Clock());
        Assert.True(clock.TryAdopt("2017-01-01T15:10:00+08:00"));
        Assert.False(clock.TryAdopt(date));
        Assert.Equal(TimeSpan.FromMinutes(10), clock.Offset);
    }

    [Fact]
    public void Now_DeviceAtTheEpoch_IsThePlatformsTimeAndRuns()
    {
        var device = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var clock = new PlatformClock(device);
        Assert.True(clock.TryAdopt("2026-07-31T12:00:00+08:00"));
        device.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(new DateTimeOffset(2026, 7, 31, 4, 1, 30, TimeSpan.Zero), clock.Now);
    }

    [Fact]
    public void Now_LocalTimeZone_CarriesItsOffset() => Assert.Equal(TimeSpan.FromHours(8), new PlatformClock(Sample.Clock()).Now.Offset);
}
