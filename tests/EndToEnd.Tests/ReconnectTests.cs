using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Session;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>Connections that break, at the worst moments and again and again.</summary>
public sealed class ReconnectTests
{
    /// <summary>How much faster than the wall's the time of these tests runs: everything but the sockets is on it.</summary>
    private const int Speed = 10;

    [Fact]
    public async Task ConnectionCutEveryThreeSecondsForAMinute_NothingIsLostAndAllOfItDecodes()
    {
        using var time = new ScaledTimeProvider(Speed);
        Clip clip = await Clip.ReadAsync();
        await using LocalPlatform platform = await LocalPlatform.StartAsync(time: time);
        platform.Server.Faults.CutEvery = TimeSpan.FromSeconds(3);
        var buffer = new MediaBuffer(new MediaBufferOptions { MaxDuration = TimeSpan.FromMinutes(2) }, time);
        await using UplinkSession uplink = platform.NewUplink(buffer);
        uplink.Start();

        // The clip three times over, in real time: a minute of camera.
        await PlayAsync(buffer, clip, time, rounds: 3);
        platform.Server.Faults.CutEvery = null;
        Assert.True(await uplink.DrainAsync(TestContext.Current.CancellationToken));
        UplinkStatistics statistics = uplink.Statistics;
        await uplink.StopAsync();

        Assert.True(statistics.Logins > 5, $"Only {statistics.Logins} logins: the connection was not cut.");
        Assert.Equal(0, statistics.Dropped.Packages);
        string recording = Assert.Single(await platform.FinishRecordingsAsync());
        Assert.Equal("", await Ffmpeg.ComplaintsAsync(recording));
        string[] once = await Ffmpeg.PictureHashesAsync("-i", Clip.VideoPath);
        string[] sent = [.. once, .. once, .. once];
        Assert.Equal(sent, await Ffmpeg.PictureHashesAsync("-i", recording));
    }

    /// <summary>Writes as a camera does: each unit when its time has come, whether the uplink is there or not.</summary>
    private static async Task PlayAsync(MediaBuffer buffer, Clip clip, TimeProvider time, int rounds)
    {
        MediaTrack video = MediaTrack.AddVideo(buffer, VideoCodec.H264);
        MediaTrack audio = MediaTrack.AddAudio(buffer);
        TimeSpan length = TimeSpan.FromSeconds(clip.Pictures.Count / Clip.FramesPerSecond);
        long start = time.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            foreach ((bool isVideo, byte[] data, TimeSpan at) in clip.Units())
            {
                TimeSpan due = at + (length * round);
                while (due - time.GetElapsedTime(start) is { Ticks: > 0 } wait)
                {
                    await PeriodicAsync(time, wait);
                }

                Assert.Equal(WriteResult.Written, (isVideo ? video : audio).TryWrite(data, due));
            }
        }
    }

    private static async Task PeriodicAsync(TimeProvider time, TimeSpan wait)
    {
        using var timer = new PeriodicTimer(wait < TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10) : wait, time);
        await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
