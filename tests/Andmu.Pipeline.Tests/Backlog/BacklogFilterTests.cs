using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Backlog;

/// <summary>Which records of a backlog go out.</summary>
public sealed class BacklogFilterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _number;

    [Fact]
    public void Takes_WholeGops_All()
    {
        var filter = new BacklogFilter(SdUploadMode.All, new EventRecordingOptions());

        Assert.True(filter.Takes(Video(0, key: true)));
        Assert.True(filter.Takes(Video(1)));
        Assert.True(filter.Takes(Audio(1)));
        Assert.False(filter.ConfirmsAtTheEnd);
    }

    [Fact]
    public void Takes_RestOfAGop_OnlyItsSound()
    {
        var filter = new BacklogFilter(SdUploadMode.Unknown, new EventRecordingOptions());

        Assert.True(filter.Takes(Video(0))); // its beginning may have been confirmed
        Assert.False(filter.Takes(Video(0) with { FollowsGap = true }));
        Assert.True(filter.Takes(Audio(0)));
        Assert.False(filter.Takes(Video(0)));
        Assert.True(filter.Takes(Video(1, key: true)));
        Assert.True(filter.Takes(Audio(1) with { FollowsGap = true }));
        Assert.False(filter.Takes(Video(1)));
        Assert.True(filter.Takes(Video(2, key: true)));
    }

    [Fact]
    public void Takes_EventsOnly_GopsAroundThem()
    {
        var filter = new BacklogFilter(SdUploadMode.EventsOnly, new EventRecordingOptions());
        Assert.True(filter.Takes(Event(60, started: true)));
        Assert.True(filter.Takes(Event(90, started: false)));

        int[] taken = [.. Enumerable.Range(0, 60).Select(static index => index * 2).Where(second => filter.Takes(Video(second, key: true)))];

        Assert.Equal(46, taken[0]); // 5 s of pre-roll, and a GOP of 10 s in which it may begin
        Assert.Equal(100, taken[^1]); // 10 s of post-roll
        Assert.Equal(Enumerable.Range(23, 28).Select(static index => index * 2), taken);
        Assert.True(filter.ConfirmsAtTheEnd);
    }

    [Fact]
    public void Takes_EventsOnly_WhatAnEventHasFlagged()
    {
        var filter = new BacklogFilter(SdUploadMode.EventsOnly, new EventRecordingOptions());
        BacklogRecord key = Video(0, key: true);
        BacklogRecord flagged = key with { Media = key.Media!.Value with { Header = key.Media.Value.Header with { ControlFlag = 1 } } };

        Assert.False(filter.Takes(key));
        Assert.False(filter.Takes(Audio(0)));
        Assert.True(filter.Takes(flagged));
        Assert.True(filter.Takes(Video(1)));
    }

    [Fact]
    public void Takes_EventsOnly_PersonCountsHaveNoMedia()
    {
        var filter = new BacklogFilter(SdUploadMode.EventsOnly, new EventRecordingOptions());

        Assert.True(filter.Takes(new BacklogRecord(1, null, new BacklogEvent(DeviceEventType.PersonCount, true, Start), false, false, default)));
        Assert.False(filter.Takes(Video(0, key: true)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    public void Takes_EventsOnly_TimeThatIsNone_IsNoEvents(ulong time)
    {
        var filter = new BacklogFilter(SdUploadMode.EventsOnly, new EventRecordingOptions());
        BacklogRecord key = Video(0, key: true);

        Assert.False(filter.Takes(key with { Media = key.Media!.Value with { Header = key.Media.Value.Header with { IpcamTime = time } } }));
    }

    private BacklogRecord Video(int second, bool key = false) => Media(PackageType.Video, second, key);

    private BacklogRecord Audio(int second) => Media(PackageType.Audio, second, false);

    private BacklogRecord Media(PackageType type, int second, bool key)
    {
        var header = new MediaPackageHeader(type, key, 0, 0, (ulong)Start.AddSeconds(second).ToUnixTimeMilliseconds(), null);
        return new BacklogRecord(++_number, new BacklogMedia(header, key), null, key, false, default);
    }

    private BacklogRecord Event(int second, bool started) =>
        new(++_number, null, new BacklogEvent(DeviceEventType.Motion, started, Start.AddSeconds(second)), false, false, default);
}
