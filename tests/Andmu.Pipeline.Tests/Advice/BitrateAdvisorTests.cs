using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Tests.Support;
using CsCheck;

namespace Andmu.Pipeline.Tests.Advice;

/// <summary>The advisor's rules one by one, on samples written by hand.</summary>
[Collection(Allocation.Name)]
public sealed class BitrateAdvisorTests
{
    [Theory]
    [InlineData(128_000, 4_000_000, null, 4_000_000)]
    [InlineData(128_000, 4_000_000, 1_000_000, 1_000_000)]
    [InlineData(16_000, 16_000, null, 16_000)]
    [InlineData(500_001, 1_000_000_000, 500_001, 500_001)]
    public void Constructor_Options_StartsThere(int floor, int ceiling, int? start, int current) =>
        Assert.Equal(current, Advisor(floor, ceiling, start).Current);

    [Theory]
    [InlineData(15_999, 4_000_000, null)]
    [InlineData(-1, 4_000_000, null)]
    [InlineData(128_000, 127_999, null)]
    [InlineData(128_000, 1_000_000_001, null)]
    [InlineData(128_000, 4_000_000, 127_999)]
    [InlineData(128_000, 4_000_000, 4_000_001)]
    public void Constructor_OptionsOutOfRange_Throws(int floor, int ceiling, int? start) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Advisor(floor, ceiling, start));

    [Fact]
    public void OnSample_BacklogGrowsOnASlowLink_AdvisesItsRateLessTheMargin()
    {
        var line = new Line(Advisor());
        line.Go(1, rate: 1_600_000, backlogFrom: 0, backlogTo: 0.75);
        Assert.Equal([1_360_000], line.Advice); // 0.85 of it
    }

    [Fact]
    public void OnSample_SoundOnTheLink_IsTakenOff()
    {
        var line = new Line(Advisor()) { Audio = 200_000 };
        line.Go(10, rate: 4_200_000, backlogFrom: 0, backlogTo: 0); // the sound's rate is learnt
        line.Go(1, rate: 1_800_000, backlogFrom: 0, backlogTo: 0.75);
        Assert.InRange(Assert.Single(line.Advice), 1_328_000, 1_392_000); // 0.85 * (1.8 - 0.2)
    }

    [Fact]
    public void OnSample_BacklogShrinks_AdvisesNothing()
    {
        var line = new Line(Advisor());
        line.Go(10, rate: 1_000_000, backlogFrom: 10, backlogTo: 1);
        Assert.Empty(line.Advice);
    }

    [Fact]
    public void OnSample_BacklogOfAKeyFrame_AdvisesNothing()
    {
        var line = new Line(Advisor());
        for (int i = 0; i < 100; i++)
        {
            line.Go(0.4, rate: 1_000_000, backlogFrom: 0, backlogTo: 0.4);
            line.Go(1.6, rate: 1_000_000, backlogFrom: 0.3, backlogTo: 0);
        }

        Assert.Empty(line.Advice);
    }

    [Fact]
    public void OnSample_LinkCarriesMoreThanTheEncoderIsSetTo_WaitsUntilItIsClearThatTheEncoderDoesNotKeepToIt()
    {
        var line = new Line(Advisor(start: 1_000_000));
        line.Go(9, rate: 1_500_000, backlogFrom: 0, backlogTo: 1.9);
        Assert.Empty(line.Advice);
        line.Go(4, rate: 1_500_000, backlogFrom: 1.9, backlogTo: 2.5);
        Assert.Equal([848_000], line.Advice);
    }

    [Fact]
    public void OnSample_CatchingUp_NeverDecreases()
    {
        var line = new Line(Advisor()) { CatchingUp = true };
        line.Go(30, rate: 500_000, backlogFrom: 10, backlogTo: 30);
        Assert.Empty(line.Advice);
    }

    [Fact]
    public void OnSample_OnceDecreased_WaitsAWindowUnlessTheLinkFallsFurther()
    {
        var line = new Line(Advisor());
        line.Go(1, rate: 2_000_000, backlogFrom: 0, backlogTo: 0.75);
        Assert.Single(line.Advice);
        line.Go(1.4, rate: 1_900_000, backlogFrom: 0.75, backlogTo: 1.5);
        Assert.Single(line.Advice);
        line.Go(2, rate: 500_000, backlogFrom: 1.5, backlogTo: 3);
        Assert.True(line.Advice.Count > 1);
        Assert.InRange(line.Advisor.Current, 400_000, 1_000_000);
    }

    [Fact]
    public void OnSample_Calm_StepsUpEveryFourSeconds()
    {
        var line = new Line(Advisor(start: 1_000_000));
        line.Go(3.9, rate: 1_000_000, backlogFrom: 0, backlogTo: 0);
        Assert.Empty(line.Advice);
        line.Go(8.2, rate: 1_000_000, backlogFrom: 0, backlogTo: 0);
        Assert.Equal([1_392_000, 1_792_000, 2_192_000], line.Advice);
    }

    [Fact]
    public void OnSample_BacklogOfTwoHundredMillisecondsForLong_IsNotCalm()
    {
        var line = new Line(Advisor(start: 1_000_000));
        line.Go(60, rate: 1_000_000, backlogFrom: 0.2, backlogTo: 0.3);
        Assert.Empty(line.Advice);
    }

    [Fact]
    public void OnSample_NothingSent_ProvesNothing()
    {
        var line = new Line(Advisor(start: 1_000_000));
        line.Go(600, rate: 10, backlogFrom: 0, backlogTo: 0);
        Assert.Empty(line.Advice);
    }

    [Fact]
    public void OnSample_StepTooSmallToMatter_IsNotAdvised()
    {
        var line = new Line(Advisor(start: 3_900_000));
        line.Go(60, rate: 3_900_000, backlogFrom: 0, backlogTo: 0);
        Assert.Empty(line.Advice);
    }

    [Fact]
    public void OnReconnect_Congested_ForgetsTheMeasurementAndKeepsTheAdvice()
    {
        var line = new Line(Advisor());
        line.Go(1, rate: 1_600_000, backlogFrom: 0, backlogTo: 0.75);
        int advice = line.Advisor.Current;
        line.Reconnect();
        line.Go(0.4, rate: 100_000, backlogFrom: 5, backlogTo: 5.3);
        Assert.Equal(advice, line.Advisor.Current);
    }

    [Fact]
    public void OnSample_CounterOrClockGoesBack_MeasuresAnew()
    {
        BitrateAdvisor advisor = Advisor();
        SendSample[] samples =
        [
            new(At(100), 50_000_000, 0, At(1), false),
            new(At(101), 100, 0, At(2), false),  // bytes
            new(At(50), 200, 0, At(3), false),   // time
            new(At(50.4), 300, 0, At(3.4), false),
        ];
        Assert.All(samples, sample => Assert.Null(advisor.OnSample(sample)));
        Assert.Equal(4_000_000, advisor.Current);
    }

    [Fact]
    public void OnSample_AnySequence_StaysWithinFloorAndCeiling() =>
        Gen.Select(
            Gen.Int[16_000, 1_000_000], Gen.Int[0, 9_000_000], Gen.Double.Unit,
            Gen.Select(Gen.OneOf(Gen.Long[0, 30_000_000], Gen.Long), Gen.OneOf(Gen.Long[-1_000, 3_000_000], Gen.Long), Gen.OneOf(Gen.Long[0, 10_000], Gen.Long), Gen.OneOf(Gen.Long[0, 50_000_000], Gen.Long), Gen.Bool).Array[1, 300])
        .Sample((floor, above, start, steps) =>
        {
            BitrateAdvisor advisor = Advisor(floor, floor + above, floor + (int)(above * start));
            long now = 0, delivered = 0, audio = 0;
            foreach ((long gap, long bytes, long sound, long backlog, bool catchingUp) in steps)
            {
                now = unchecked(now + gap);
                delivered = unchecked(delivered + bytes);
                audio = unchecked(audio + sound);
                int before = advisor.Current;
                int? advice = advisor.OnSample(new SendSample(new TimeSpan(now), delivered, audio, new TimeSpan(backlog), catchingUp));
                Assert.Equal(advice ?? before, advisor.Current);
                Assert.InRange(advisor.Current, floor, floor + above);
                Assert.True(advisor.Current % BitrateAdvisor.Quantum == 0 || advisor.Current == floor || advisor.Current == floor + above || advice is null);
                Assert.False(catchingUp && advice is not null);
            }
        });

    [Fact]
    public void OnSample_Always_AllocatesNothing()
    {
        BitrateAdvisor advisor = Advisor();
        int advised = 0;
        Assert.Equal(0, Allocation.Of(20_000, i =>
        {
            double backlog = i % 2_000 < 1_000 ? i % 1_000 * 0.001 : 0; // congested for ten seconds, calm for ten
            var sample = new SendSample(At(0.01 * i), 1_250L * i, 80L * i, At(backlog), false);
            advised += advisor.OnSample(sample) is null ? 0 : 1;
            if (i == 10_000)
            {
                advisor.OnReconnect(At(0.01 * i));
            }
        }));
        Assert.True(advised > 10);
    }

    private static BitrateAdvisor Advisor(int floor = 128_000, int ceiling = 4_000_000, int? start = null) =>
        new(new EncoderAdviceOptions { FloorBitrate = floor, CeilingBitrate = ceiling, StartBitrate = start }, TimeSpan.Zero);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Samples twenty times a second, of a given rate and a backlog on a straight line.</summary>
    private sealed class Line(BitrateAdvisor advisor)
    {
        private double _now;
        private double _delivered;
        private double _audio;

        public BitrateAdvisor Advisor => advisor;

        public double Audio { get; init; }

        public bool CatchingUp { get; init; }

        public List<int> Advice { get; } = [];

        public void Reconnect()
        {
            _delivered = _audio = 0;
            advisor.OnReconnect(At(_now));
        }

        public void Go(double seconds, double rate, double backlogFrom, double backlogTo)
        {
            int steps = (int)Math.Round(seconds * 20);
            for (int i = 1; i <= steps; i++)
            {
                double grows = (backlogTo - backlogFrom) / steps;
                _now += 0.05;
                _delivered += rate / 8 * 0.05;
                _audio += Audio / 8 * (0.05 - grows); // as much sound as media
                if (advisor.OnSample(new SendSample(At(_now), (long)_delivered, (long)_audio, At(backlogFrom + (grows * i)), CatchingUp)) is { } advice)
                {
                    Advice.Add(advice);
                }
            }
        }
    }
}
