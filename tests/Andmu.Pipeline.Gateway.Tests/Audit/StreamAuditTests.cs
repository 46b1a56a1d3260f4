using Andmu.Pipeline.Gateway.Audit;

namespace Andmu.Pipeline.Gateway.Tests.Audit;

public sealed class StreamAuditTests
{
    private readonly StreamAudit _audit = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void AddMedia_FlawlessStream_HasNoViolationAndNoGap()
    {
        for (uint i = 0; i < 100; i++)
        {
            if (i % 25 == 0)
            {
                Sets(i);
            }

            Video(i, i * 40, key: i % 25 == 0);
            Audio(i, i * 40);
        }

        Assert.Equal(default, _audit.Report());
    }

    [Fact]
    public void AddMedia_KeyFrameWithoutSets_IsCounted()
    {
        Sets(0);
        Video(0, 0, key: true);
        Video(1, 40, key: true);

        Assert.Equal(1, _audit.Report().KeyFramesWithoutParameterSets);
    }

    [Fact]
    public void AddMedia_SetsThatTakeANumber_AreNoGap()
    {
        Sets(0);
        Video(1, 0, key: true);
        Video(2, 40);
        Sets(3);
        Video(4, 80, key: true);

        Assert.Equal(0, _audit.Report().VideoGaps);
    }

    [Fact]
    public void AddMedia_NumbersMissing_IsAGapAndNoViolation()
    {
        Video(10, 0);
        Video(14, 160);
        Audio(5, 0);
        Audio(6, 40);
        Audio(8, 120);

        StreamAuditReport report = _audit.Report();
        Assert.Equal((1, 3, 1, 1), (report.VideoGaps, report.VideoPackagesMissing, report.AudioGaps, report.AudioPackagesMissing));
        Assert.Equal(0, report.Violations);
    }

    [Fact]
    public void AddMedia_NumbersWrap_IsInOrder()
    {
        Video(uint.MaxValue, uint.MaxValue - 39);
        Video(0, 0);
        Audio(uint.MaxValue, uint.MaxValue - 19);
        Audio(0, 0);

        Assert.Equal(default, _audit.Report());
    }

    [Fact]
    public void AddMedia_NumberTwice_IsAViolation()
    {
        Video(1, 0);
        Video(1, 0);
        Video(0, 0);

        Assert.Equal(2, _audit.Report().RepeatedSequenceNumbers);
    }

    [Fact]
    public void AddMedia_PreRollAgainWhenTheFlagTurns_IsAllowed()
    {
        _audit.SetPlan(DevicePlan.Event);
        Sets(10, flag: 2);
        Video(10, 400, key: true, flag: 2);
        Video(11, 440, flag: 2);
        Sets(5, flag: 1);
        Video(5, 200, key: true, flag: 1);
        for (uint i = 6; i < 14; i++)
        {
            Video(i, i * 40, flag: 1);
        }

        StreamAuditReport report = _audit.Report();
        Assert.Equal(0, report.Violations);
        Assert.Equal(7, report.ResentPackages);
    }

    [Fact]
    public void AddMedia_BackWithoutATurnOfTheFlag_IsAViolation()
    {
        _audit.SetPlan(DevicePlan.Event);
        Video(10, 400, flag: 1);
        Video(9, 360, flag: 1);

        Assert.Equal(1, _audit.Report().RepeatedSequenceNumbers);
    }

    [Theory]
    [InlineData(20u, 0)]
    [InlineData(40u, 0)]
    [InlineData(30u, 1)]
    [InlineData(60u, 1)]
    [InlineData(1000u, 1)]
    public void AddMedia_AudioStep_IsTwentyOrForty(uint step, int expected)
    {
        Audio(0, 0);
        Audio(1, step);

        Assert.Equal(expected, _audit.Report().AudioStepViolations);
    }

    [Fact]
    public void AddMedia_KeyFrameTimes_GrowOrRestartNearZero()
    {
        Key(0, 100_000);
        Key(1, 99_000);
        Key(2, 0);
        Key(3, 40);

        StreamAuditReport report = _audit.Report();
        Assert.Equal((1, 1), (report.StartTimeViolations, report.TimelineRestarts));
    }

    [Fact]
    public void AddMedia_WithBFrames_TimesMayGoBackBetweenKeyFrames()
    {
        Key(0, 0);
        Video(1, 120);
        Video(2, 40);
        Video(3, 80);
        Key(4, 160);

        Assert.Equal(0, _audit.Report().Violations);
    }

    [Fact]
    public void AddMedia_FlagsAgainstThePlan_AreCounted()
    {
        Video(0, 0, flag: 1);
        _audit.SetPlan(DevicePlan.Event);
        Video(1, 40); // On its way when the plan changed.
        Video(2, 80, flag: 2);
        Video(3, 120);
        Audio(0, 0, flag: 3);

        StreamAuditReport report = _audit.Report();
        Assert.Equal((1, 2), (report.UnexpectedControlFlags, report.MissingControlFlags));
    }

    [Fact]
    public void AddMedia_DataSizeOff_IsCounted()
    {
        _audit.AddMedia(new MediaFacts(2, false, 100, 99, 0, 0, null));

        Assert.Equal(1, _audit.Report().DataSizeMismatches);
    }

    [Fact]
    public void AddPing_LateOnes_AreCountedAndTheLongestKept()
    {
        _audit.AddPing(TimeSpan.FromSeconds(10));
        _audit.AddPing(TimeSpan.FromSeconds(16));
        _audit.AddPing(TimeSpan.FromSeconds(9));

        StreamAuditReport report = _audit.Report();
        Assert.Equal(1, report.LatePings);
        Assert.Equal(TimeSpan.FromSeconds(16), report.LongestPingInterval);
    }

    private void Sets(uint number, uint? flag = null) => _audit.AddMedia(new MediaFacts(3, false, 10, 10, 0, number, flag));

    private void Video(uint number, uint time, bool key = false, uint? flag = null) =>
        _audit.AddMedia(new MediaFacts(2, key, 10, 10, time, number, flag));

    private void Key(uint number, uint time)
    {
        Sets(number);
        Video(number, time, key: true);
    }

    private void Audio(uint number, uint time, uint? flag = null) => _audit.AddMedia(new MediaFacts(1, false, 10, 10, time, number, flag));
}
