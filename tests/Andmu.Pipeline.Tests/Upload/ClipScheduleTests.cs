using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Upload;

public sealed class ClipScheduleTests
{
    private readonly MediaBuffer _buffer = new(new MediaBufferOptions());

    /// <summary>A host that has waited for delivery finds the report of every clip: while one is being told, nobody may say that all is done.</summary>
    [Fact]
    public void IsReporting_WhileAClipsReportIsTold_AndNotBeforeOrAfter()
    {
        var told = new List<(EventClipOutcome Outcome, bool IsReporting)>();
        ClipSchedule clips = null!;
        clips = new ClipSchedule(_buffer, new EventRecordingOptions(), report => told.Add((report.Outcome, clips.IsReporting)));
        clips.Start(DeviceEventType.Motion, DateTimeOffset.UnixEpoch, floor: 0);
        Assert.False(clips.IsReporting);

        clips.GiveUp(EventClipOutcome.DeviceOff, keepOpen: false);

        Assert.Equal([(EventClipOutcome.DeviceOff, true)], told);
        Assert.False(clips.IsReporting);
    }

    [Fact]
    public void IsReporting_TheHostThrows_Ends()
    {
        var clips = new ClipSchedule(_buffer, new EventRecordingOptions(), static _ => throw new InvalidOperationException("the host's own"));
        clips.Start(DeviceEventType.Motion, DateTimeOffset.UnixEpoch, floor: 0);

        Assert.Throws<InvalidOperationException>(() => clips.Close(report: true));

        Assert.False(clips.IsReporting);
    }
}
