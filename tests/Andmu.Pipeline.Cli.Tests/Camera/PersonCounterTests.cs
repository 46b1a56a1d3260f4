using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Device.Services;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class PersonCounterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = Noon.AddHours(14);

    [Fact]
    public void Read_ManyMinutesByDay_AsManyAsWalkPast()
    {
        PersonCounts counts = Count(Noon, TimeSpan.FromMinutes(1000), seed: 1);

        // 1500 expected each way, with a deviation of 39: five of them.
        Assert.InRange(counts.BottomToTop, 1306, 1694);
        Assert.InRange(counts.TopToBottom, 1306, 1694);
    }

    [Fact]
    public void Read_ByNight_Few() => Assert.InRange(Count(Night, TimeSpan.FromMinutes(100), seed: 2).BottomToTop, 0, 20);

    [Fact]
    public void Read_SameSeed_SameCounts() =>
        Assert.Equal(Count(Noon, TimeSpan.FromMinutes(10), seed: 3), Count(Noon, TimeSpan.FromMinutes(10), seed: 3));

    [Fact]
    public void Read_Twice_CountsFromTheLastReadOn()
    {
        var time = new FakeTimeProvider(Noon);
        var counter = new PersonCounter(time, new Random(4));
        time.Advance(TimeSpan.FromMinutes(100));

        Assert.NotEqual(default, counter.Read());
        Assert.Equal(default, counter.Read());
    }

    [Fact]
    public void Read_AfterAges_StaysWithinWhatTheProtocolHolds() => Assert.Equal(new PersonCounts(32767, 65535), Count(Noon, TimeSpan.FromDays(365), seed: 5));

    private static PersonCounts Count(DateTimeOffset start, TimeSpan time, int seed)
    {
        var clock = new FakeTimeProvider(start);
        var counter = new PersonCounter(clock, new Random(seed));
        clock.Advance(time);
        return counter.Read();
    }
}
