using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>A platform that reads slower than the camera writes.</summary>
public sealed class BackPressureTests
{
    private const int GopPictures = 50; // of the clip

    [Fact]
    public async Task PlatformStopsReading_WholeGopsAreGivenUpAndTheRestDecodes()
    {
        Clip clip = await Clip.ReadAsync();
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        var buffer = new MediaBuffer(new MediaBufferOptions { CapacityBytes = 1024 * 1024 }); // 7 s of the clip
        await using UplinkSession uplink = platform.NewUplink(buffer);
        var watch = new UplinkWatch(uplink);
        uplink.Start();
        await watch.UntilAsync(UplinkState.Online);
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        MediaTrack video = MediaTrack.AddVideo(buffer, VideoCodec.H264);

        int captured = 0;
        for (; captured < GopPictures; captured++)
        {
            video.TryWrite(clip.Pictures[captured], TimeSpan.FromMilliseconds(40 * captured));
        }

        Assert.True(await uplink.DrainAsync(TestContext.Current.CancellationToken)); // a first number, from which gaps are counted

        // Four minutes of camera in a moment, while nobody reads: more than the buffer and the sockets hold.
        platform.Device.StallReads(true);
        for (; captured < 12 * clip.Pictures.Count; captured++)
        {
            video.TryWrite(clip.Pictures[captured % clip.Pictures.Count], TimeSpan.FromMilliseconds(40 * captured));
        }

        // Then it reads again, and a last round is not lost.
        platform.Device.StallReads(false);
        Assert.True(await uplink.DrainAsync(TestContext.Current.CancellationToken));
        foreach (byte[] picture in clip.Pictures)
        {
            TimeSpan time = TimeSpan.FromMilliseconds(40 * captured++);
            await video.WriteAsync(picture, time, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        }

        Assert.True(await uplink.DrainAsync(TestContext.Current.CancellationToken));
        UplinkStatistics statistics = uplink.Statistics;
        DeviceCounters counters = platform.Device.Counters;
        StreamAuditReport audit = platform.Device.Audit;
        await uplink.StopAsync();

        Assert.Equal(1, statistics.Logins);
        Assert.True(statistics.Dropped.Gops > 0, statistics.ToString());
        Assert.Equal(captured, counters.VideoPackages + statistics.Dropped.VideoPackages);
        Assert.Equal(counters.VideoPackages, statistics.Sent.VideoPackages);
        Assert.True(audit.Violations == 0, audit.ToString());
        Assert.Equal(statistics.Dropped.VideoPackages, audit.VideoPackagesMissing); // every loss shows as a gap, and every gap is owned up to
        foreach (string recording in await platform.FinishRecordingsAsync())
        {
            Assert.Equal("", await Ffmpeg.ComplaintsAsync(recording));
        }
    }
}
