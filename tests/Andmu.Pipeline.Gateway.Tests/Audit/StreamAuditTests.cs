using Andmu.Pipeline.Gateway.Audit;

namespace Andmu.Pipeline.Gateway.Tests.Audit;

public sealed class StreamAuditTests
{
    private readonly StreamAudit _audit = new(TimeSpan.FromSeconds(10));
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

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
        Sets(2);
        Video(2, 80);
        Video(3, 120, key: true);

        Assert.Equal(2, _audit.Report().KeyFramesWithoutParameterSets);
        AssertViolation("key frame 1 at 40 ms: no parameter sets between");
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
    public void AddMedia_WholeGopAndItsSoundMissing_IsAGapAndNoViolation()
    {
        Key(10, 0);
        Audio(5, 0);
        Audio(6, 40);
        Audio(8, 120);
        Key(14, 160);
        Video(15, 200);
        for (uint i = 0; i < 100; i++)
        {
            Video(16 + i, 240 + (i * 40));
        }

        StreamAuditReport report = _audit.Report();
        Assert.Equal((1, 3, 1, 1), (report.VideoGaps, report.VideoPackagesMissing, report.AudioGaps, report.AudioPackagesMissing));
        AssertNoViolation();
    }

    [Fact]
    public void AddMedia_SoundMissingAlone_IsAViolation()
    {
        Key(0, 0);
        Audio(0, 0);
        for (uint i = 1; i <= 150; i++)
        {
            Video(i, i * 40);
            if (i != 50)
            {
                Audio(i, i * 40);
            }
        }

        Assert.Equal(1, _audit.Report().AudioGapsWithoutVideoGap);
        AssertViolation("audio 51 at 2040 ms: numbers are missing before it");
    }

    [Fact]
    public void AddMedia_SoundMissingWhereTheVideoJumpedBefore_IsNoViolation()
    {
        Key(0, 0);
        Audio(0, 0);
        Key(50, 2000);
        Video(51, 2040);
        Audio(48, 1920);
        for (uint i = 52; i < 150; i++)
        {
            Video(i, i * 40);
        }

        AssertNoViolation();
    }

    [Fact]
    public void AddMedia_GopGoesOnAfterAGap_IsAViolationOnce()
    {
        Key(0, 0);
        Video(1, 40);
        Video(3, 120);
        Video(4, 160);

        Assert.Equal(1, _audit.Report().GopsResumed);
        AssertViolation("video 3 at 120 ms: the GOP goes on after a gap behind number 1");
    }

    [Fact]
    public void AddMedia_FirstPictureIsNoKeyFrame_IsAViolation()
    {
        Video(7, 40);
        Video(8, 80);

        Assert.Equal(1, _audit.Report().GopsResumed);
        AssertViolation("video 7 at 40 ms: the first picture is not a key frame");
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void AddMedia_LeadingPicturesLeftOutBehindACut_AreAllowedOfH265(bool isH265, int expected)
    {
        var audit = new StreamAudit(TimeSpan.FromSeconds(10), isH265);
        MediaFacts[] packages =
        [
            Facts(3, 0, 0), Facts(2, 0, 0, key: true),
            Facts(3, 50, 2000), Facts(2, 50, 2000, key: true), // 51 and 52 are shown before 50, and need what was dropped
            Facts(2, 53, 2040), Facts(2, 54, 2080),
        ];
        foreach (MediaFacts package in packages)
        {
            audit.AddMedia(package, _now);
        }

        Assert.Equal(expected, audit.Report().GopsResumed);
        audit.AddMedia(Facts(2, 56, 2160), _now);
        Assert.Equal(expected + 1, audit.Report().GopsResumed);
    }

    [Fact]
    public void AddMedia_NumbersWrap_IsInOrder()
    {
        Key(uint.MaxValue, uint.MaxValue - 39);
        Video(0, 0);
        Audio(uint.MaxValue, uint.MaxValue - 19);
        Audio(0, 0);

        Assert.Equal(default, _audit.Report());
    }

    [Fact]
    public void AddMedia_NumberTwice_IsAViolation()
    {
        Key(1, 0);
        Video(1, 0);
        Video(0, 0);

        Assert.Equal(2, _audit.Report().RepeatedSequenceNumbers);
        AssertViolation("video 1 at 0 ms: seq_num came before on this connection; video goes back only to a key frame behind its parameter sets");
    }

    [Fact]
    public void AddMedia_PreRollAgainWhenTheFlagTurns_IsAllowed()
    {
        _audit.Plan.Start(DevicePlan.Event, _now);
        _audit.Plan.SetWatched(true, _now);
        Sets(10, flag: 2);
        Video(10, 400, key: true, flag: 2);
        Video(11, 440, flag: 2);
        Sets(5, flag: 1);
        Video(5, 200, key: true, flag: 1);
        for (uint i = 6; i < 14; i++)
        {
            Video(i, i * 40, flag: 1);
        }

        AssertNoViolation();
        Assert.Equal(7, _audit.Report().ResentPackages);
    }

    [Theory]
    [InlineData(DevicePlan.Event, true, true, 0)]
    [InlineData(DevicePlan.Event, true, false, 1)] // without its parameter sets
    [InlineData(DevicePlan.Event, false, false, 1)] // to within a GOP
    [InlineData(DevicePlan.Cloud, true, true, 1)] // nothing stops there, so nothing begins again
    public void AddMedia_Back_OnlyToAWholeKeyFrameOnDemand(DevicePlan plan, bool key, bool sets, int expected)
    {
        uint? flag = plan == DevicePlan.Event ? 1u : null;
        _audit.Plan.Start(plan, _now);
        Sets(10, flag);
        Video(10, 400, key: true, flag);
        Audio(10, 400, flag);
        if (sets)
        {
            Sets(5, flag);
        }

        Video(5, 200, key, flag);
        Audio(5, 200, flag);

        Assert.Equal(expected * 2, _audit.Report().RepeatedSequenceNumbers); // the sound goes with the picture
        Assert.Equal((1 - expected) * 2, _audit.Report().ResentPackages);
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

    [Theory]
    [InlineData(DevicePlan.Trial, null, "")]
    [InlineData(DevicePlan.Cloud, 1u, "on the plan Cloud there is none")]
    [InlineData(DevicePlan.Cloud, 2u, "on the plan Cloud there is none")]
    [InlineData(DevicePlan.Expired, null, "though no viewer watches")]
    [InlineData(DevicePlan.Expired, 2u, "on the plan Expired there is none")]
    [InlineData(DevicePlan.Event, null, "control_flag is missing")]
    [InlineData(DevicePlan.Event, 0u, "control_flag is 0")]
    [InlineData(DevicePlan.Event, 1u, "")]
    [InlineData(DevicePlan.Event, 2u, "no viewer watches")]
    [InlineData(DevicePlan.Event, 3u, "control_flag is 3")]
    [InlineData(DevicePlan.Deleted, null, "was deleted")]
    public void AddMedia_OnAPlanWithoutViewers_NeedsWhatThePlanSays(DevicePlan plan, uint? flag, string violation)
    {
        _audit.Plan.Start(plan, _now);
        Pass(3);

        Sets(0, flag);
        Video(0, 0, key: true, flag);
        Audio(0, 0, flag);

        Assert.Equal(violation.Length == 0 ? 0 : 3, _audit.Report().Violations);
        AssertViolations(violation);
    }

    [Theory]
    [InlineData(DevicePlan.Expired, null)]
    [InlineData(DevicePlan.Event, 2u)]
    public void AddMedia_ForAViewer_MayFlowWhileHeWatchesAndALittleLonger(DevicePlan plan, uint? flag)
    {
        _audit.Plan.Start(plan, _now);
        Pass(60);
        _audit.Plan.SetWatched(true, _now);
        Key(0, 0, flag);
        _audit.Plan.SetWatched(false, _now);
        Pass(1.9);
        Video(1, 40, flag: flag);
        AssertNoViolation();

        Pass(0.2);
        Video(2, 80, flag: flag);
        Assert.Equal(1, _audit.Report().MediaAgainstPlan);
    }

    [Fact]
    public void AddMedia_TakenBeforeTheViewerLeft_MayArriveMuchLater()
    {
        _audit.Plan.Start(DevicePlan.Event, _now);
        _audit.Plan.SetWatched(true, _now);
        ulong left = (ulong)_now.ToUnixTimeMilliseconds();
        _audit.Plan.SetWatched(false, _now);
        Pass(60); // a slow network

        Sets(0, flag: 2, taken: left + 1999);
        Video(0, 0, key: true, flag: 2, taken: left + 1999);
        AssertNoViolation();
        Video(1, 40, flag: 2, taken: left + 2000);
        Assert.Equal(1, _audit.Report().MediaAgainstPlan);
    }

    [Fact]
    public void SetPlan_WhatWasUnderWay_IsAllowedForTwoSeconds()
    {
        _audit.Plan.Start(DevicePlan.Cloud, _now);
        Key(0, 0);
        _audit.Plan.SetPlan(DevicePlan.Event, _now);
        Video(1, 40); // without a flag, as before
        Video(2, 80, flag: 1);
        _audit.Plan.SetPlan(DevicePlan.Cloud, _now);
        Video(3, 120);
        Video(4, 160, flag: 1); // both changes at once
        AssertNoViolation();

        Pass(2);
        Video(5, 200, flag: 1);
        Assert.Equal(1, _audit.Report().UnexpectedControlFlags);
    }

    [Fact]
    public void Findings_OfADeviceThatIsAlwaysWrong_AreTheFirstHundred()
    {
        _audit.Plan.Start(DevicePlan.Deleted, _now);
        for (uint i = 0; i < 70; i++)
        {
            Audio(i, i * 40);
        }

        Assert.Equal(70, _audit.Findings.TakeNew().Count);
        Assert.Empty(_audit.Findings.TakeNew());
        for (uint i = 70; i < 1000; i++)
        {
            Audio(i, i * 40);
        }

        Assert.Equal(30, _audit.Findings.TakeNew().Count);
        Assert.Equal(100, _audit.Findings.All.Count);
        Assert.Equal(1000, _audit.Report().MediaAgainstPlan);
    }

    [Fact]
    public void AddMedia_DataSizeOff_IsCounted()
    {
        _audit.AddMedia(new MediaFacts(2, false, 100, 99, 0, 0, null), _now);

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

    private void Sets(uint number, uint? flag = null, ulong? taken = null) => _audit.AddMedia(Facts(3, number, 0, flag: flag, taken: taken), _now);

    private void Video(uint number, uint time, bool key = false, uint? flag = null, ulong? taken = null) =>
        _audit.AddMedia(Facts(2, number, time, key, flag, taken), _now);

    private void Key(uint number, uint time, uint? flag = null)
    {
        Sets(number, flag);
        Video(number, time, key: true, flag);
    }

    private void Audio(uint number, uint time, uint? flag = null) => _audit.AddMedia(Facts(1, number, time, flag: flag), _now);

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    private void AssertNoViolation()
    {
        Assert.Empty(_audit.Findings.All);
        Assert.Equal(0, _audit.Report().Violations);
    }

    private void AssertViolation(string text) => Assert.Contains(_audit.Findings.All, finding => finding.StartsWith(text, StringComparison.Ordinal));

    private void AssertViolations(string text) => Assert.All(_audit.Findings.All, finding => Assert.Contains(text, finding, StringComparison.Ordinal));

    private static MediaFacts Facts(uint type, uint number, uint time, bool key = false, uint? flag = null, ulong? taken = null) =>
        new(type, key, 10, 10, time, number, flag, taken);
}
