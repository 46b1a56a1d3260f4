using EndToEnd.Tests.Support;
using GatewayPlan = Andmu.Pipeline.Gateway.DevicePlan;

namespace EndToEnd.Tests;

/// <summary>A user switches the microphone or the camera off (specification 5.2.9, requests 1793/37 and 1815).</summary>
public sealed class SwitchTests(Sources sources)
{
    /// <summary>A-law's smallest step, as 16-bit samples have it (ITU-T G.711, table 1a).</summary>
    private const int Silence = 8;

    [Fact]
    public async Task MicrophoneOff_SilenceIsSentInTheSameRhythm()
    {
        const int Rate = 8000;
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Cloud);
        scene.Camera.At(4, () => scene.Camera.Audio.IsMuted = true);
        scene.Camera.At(8, () => scene.Camera.Audio.IsMuted = false);

        await scene.Camera.PlayAsync(12);
        RecordedClip recording = Assert.Single(await scene.FinishAsync());

        short[] heard = recording.Samples;
        Assert.Equal(12 * Rate, heard.Length);
        Assert.Equal(scene.Source.Samples[..(4 * Rate)], heard[..(4 * Rate)]);
        Assert.All(heard[(4 * Rate)..(8 * Rate)], sample => Assert.InRange(sample, -Silence, Silence));
        Assert.Equal(scene.Source.Samples[(8 * Rate)..(12 * Rate)], heard[(8 * Rate)..]);
        Assert.True(scene.Audit.Violations == 0, scene.Audit.ToString());
    }

    [Fact]
    public async Task DeviceOff_NothingIsSentAndTheHeartbeatGoesOn()
    {
        await using Scene scene = await Scene.StartAsync(await sources.H264, GatewayPlan.Cloud, pingSpan: TimeSpan.FromSeconds(5));
        long before = 0;
        long after = 0;
        scene.Camera.At(7, () =>
        {
            scene.Uplink.IsDeviceOn = false;
            before = scene.Platform.Device.Counters.Pings;
        });
        scene.Camera.At(25, () =>
        {
            after = scene.Platform.Device.Counters.Pings;
            scene.Uplink.IsDeviceOn = true;
        });

        await scene.Camera.PlayAsync(32);
        RecordedClip[] recordings = await scene.FinishAsync();

        Assert.True(after > before, $"{after - before} pings in 18 s, one is due every 5 s.");
        Assert.Equal(1, scene.Uplink.Statistics.Logins);
        Assert.Equal(2, recordings.Length);
        Assert.True(recordings[0].AssertIsOnePiece().Last < 7 * SourceClip.FramesPerSecond, recordings[0].ToString());
        Assert.True(recordings[1].AssertIsOnePiece().First >= 25 * SourceClip.FramesPerSecond, recordings[1].ToString());
        Assert.Equal((32 * SourceClip.FramesPerSecond) - 1, recordings[1].AssertIsOnePiece().Last);
    }
}
