using Andmu.Pipeline.Cli.Camera;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class PersonCounterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = Noon.AddHours(14);

    [Fact]
    public void Count_ManyMinutesByDay_AsManyAsWalkPast()
    {
        PersonCount count = new PersonCounter(new Random(1)).Count(Noon, Noon.AddMinutes(1000));

        // 1500 expected each way, with a deviation of 39: five of them.
        Assert.InRange(count.Upwards, 1306, 1694);
        Assert.InRange(count.Downwards, 1306, 1694);
    }

    [Fact]
    public void Count_ByNight_Few() => Assert.InRange(new PersonCounter(new Random(2)).Count(Night, Night.AddMinutes(100)).Upwards, 0, 20);

    [Fact]
    public void Count_SameSeed_SameCounts() =>
        Assert.Equal(
            new PersonCounter(new Random(3)).Count(Noon, Noon.AddMinutes(10)),
            new PersonCounter(new Random(3)).Count(Noon, Noon.AddMinutes(10)));

    [Fact]
    public void Count_TimeRunsBackwardsOrForAges_StaysInItsBounds()
    {
        var counter = new PersonCounter(new Random(4));

        Assert.Equal(default, counter.Count(Noon, Noon.AddDays(-1)));
        Assert.Equal(default, counter.Count(Noon, Noon));
        Assert.Equal(new PersonCount(65535, 65535), counter.Count(DateTimeOffset.UnixEpoch.AddHours(12), DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData(0, 100, 100)] // the specification's example
    [InlineData(3, 2, 0x0003_0002)]
    [InlineData(65535, 65535, -1)]
    public void Packed_BothWays_UpwardsInTheHighHalf(int up, int down, int packed) => Assert.Equal(packed, new PersonCount(up, down).Packed);
}
