using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway.Tests.Recording;

/// <summary>What becomes of event clips over real connections: an event clip is a recording, whole, once, and it decodes.</summary>
public sealed class EventClipTests : IDisposable
{
    private const uint ByEvent = 1;
    private const uint ByViewer = 2;

    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData(2000u, 1)] // a dropped GOP or two
    [InlineData(4000u, 2)]
    [InlineData(600_000u, 2)]
    public async Task Record_TwoClips_AreTwoFilesWhenAPauseLiesBetween(uint pause, int files)
    {
        EncodedClip clip = Clip(seconds: 2);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMediaAsync(WithSound(clip, 0, 0, ByEvent));
        await device.SendMediaAsync(WithSound(clip, 2000 + pause, 1000, ByEvent));

        RecordingInfo[] recordings = await FinishAsync(gateway);
        Assert.Equal(files, recordings.Length);
        string[] pictures = [.. Ffmpeg.PictureHashes(clip.Path), .. Ffmpeg.PictureHashes(clip.Path)];
        Assert.Equal(pictures, recordings.SelectMany(static recording => Ffmpeg.PictureHashes(recording.Path)));
    }

    [Fact]
    public async Task Record_ViewerThenEvent_BeginsWithWhatWasWatched()
    {
        EncodedClip clip = Clip(seconds: 10);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMediaAsync(Flagged(WithSound(clip), package => package.StartTime < 8480 ? ByViewer : ByEvent));

        // 5 s before the last key frame that was watched, at 8 s.
        RecordingInfo recording = Assert.Single(await FinishAsync(gateway));
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path)[75..], Ffmpeg.PictureHashes(recording.Path));
        Assert.True(recording.HasAudio);
    }

    [Fact]
    public async Task Record_ViewerOfLongAgo_IsNoPreRoll()
    {
        EncodedClip clip = Clip(seconds: 2);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMediaAsync(WithSound(clip, 0, 0, ByViewer));
        await device.SendMediaAsync(WithSound(clip, 60_000, 1500, ByEvent));

        Assert.Equal(50, Assert.Single(await FinishAsync(gateway)).Frames);
    }

    [Fact]
    public async Task Record_AnotherViewerOfLongAgo_IsNoPreRollEither()
    {
        EncodedClip clip = Clip(seconds: 2);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMediaAsync(WithSound(clip, 0, 0, ByViewer));
        await device.SendMediaAsync(Flagged(WithSound(clip, 60_000, 1500, ByViewer), package => package.StartTime < 61_480 ? ByViewer : ByEvent));

        Assert.Equal(50, Assert.Single(await FinishAsync(gateway)).Frames);
    }

    [Fact]
    public async Task Record_ViewerTooShort_PreRollSentAgainIsThereOnce()
    {
        EncodedClip clip = Clip(seconds: 5);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        TDMediaPackage[] all = [.. WithSound(clip)];

        await device.SendMediaAsync(Flagged(all.Where(static package => package.StartTime is >= 2000 and < 3000), _ => ByViewer));
        await device.SendMediaAsync(Flagged(all, _ => ByEvent));

        await AssertWholeAsync(gateway, clip);
    }

    [Fact]
    public async Task Record_SecondEventGoesBackIntoTheFirstClip_EveryPictureIsThereOnce()
    {
        EncodedClip clip = Clip(seconds: 6);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        TDMediaPackage[] all = [.. WithSound(clip)];

        // The first clip ends within a GOP, a viewer goes on for a moment, and the second event's pre-roll begins in the first clip.
        await device.SendMediaAsync(Flagged(all.Where(static package => package.StartTime < 3200), _ => ByEvent));
        await device.SendMediaAsync(Flagged(all.Where(static package => package.StartTime is >= 3200 and < 4400), _ => ByViewer));
        await device.SendMediaAsync(Flagged(all.Where(static package => package.StartTime >= 1000), _ => ByEvent));

        await AssertWholeAsync(gateway, clip);
    }

    [Fact]
    public async Task Record_ViewerBetweenTwoEventsOfOneGop_NothingIsMissing()
    {
        EncodedClip clip = Clip(seconds: 3);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMediaAsync(Flagged(WithSound(clip), package => package.StartTime is >= 1200 and < 1600 ? ByViewer : ByEvent));

        await AssertWholeAsync(gateway, clip);
    }

    [Theory]
    [InlineData(1240u, 1000u)] // from the key frame of the GOP that broke
    [InlineData(1240u, 0u)] // from the one before
    [InlineData(2000u, 2000u)] // between two GOPs
    public async Task Record_ClipCutByAReconnect_GoesOnInItsFile(uint cut, uint resumed)
    {
        EncodedClip clip = Clip(seconds: 4);
        await using TestGateway gateway = await StartAsync();
        TDMediaPackage[] all = [.. Flagged(WithSound(clip), _ => ByEvent)];
        using (RawDevice device = await RawDevice.LogInAsync(gateway))
        {
            await device.SendMediaAsync(all.Where(package => package.StartTime < cut));
        }

        await gateway.NextAsync(GatewayNoticeKind.Disconnected);
        using RawDevice again = await RawDevice.LogInAsync(gateway);
        await again.SendMediaAsync(all.Where(package => package.StartTime >= resumed));

        await AssertWholeAsync(gateway, clip);
    }

    [Fact]
    public async Task Record_ResolutionSwitchWithinAClip_BeginsAFileAndBothDecode()
    {
        EncodedClip large = Clip(seconds: 3, size: "320x180");
        EncodedClip small = Clip(seconds: 2);
        await using TestGateway gateway = await StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendMediaAsync(WithSound(large, 0, 0, ByEvent));
        await device.SendMediaAsync(WithSound(small, 0, 1000, ByEvent)); // media time begins anew

        RecordingInfo[] recordings = await FinishAsync(gateway);
        Assert.Equal([(320, 180, true), (160, 96, true)], recordings.Select(static r => (r.Width, r.Height, r.HasAudio)));
        Assert.Equal(Ffmpeg.PictureHashes(large.Path), Ffmpeg.PictureHashes(recordings[0].Path));
        Assert.Equal(Ffmpeg.PictureHashes(small.Path), Ffmpeg.PictureHashes(recordings[1].Path));
        Assert.Equal([3.0, 2.0], recordings.Select(static r => r.Duration.TotalSeconds));
    }

    public void Dispose() => _directory.Dispose();

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(static options => options with { Plan = DevicePlan.Event });

    private EncodedClip Clip(int seconds, string size = "160x96") => EncodedClip.Make(_directory, VideoCodec.H264, seconds, size, bFrames: 0);

    // A pack of silence of 40 ms beside each picture.
    private static IEnumerable<TDMediaPackage> WithSound(EncodedClip clip, uint start = 0, uint number = 0, uint? flag = null)
    {
        foreach (TDMediaPackage package in clip.Packages(start, number, flag))
        {
            yield return package;
            if (package.PackageType == 2)
            {
                yield return EncodedClip.Package(1, 0, [.. Enumerable.Repeat((byte)0xD5, 320)], package.StartTime, package.SeqNum, flag);
            }
        }
    }

    private static IEnumerable<TDMediaPackage> Flagged(IEnumerable<TDMediaPackage> packages, Func<TDMediaPackage, uint> flag) =>
        packages.Select(package =>
        {
            TDMediaPackage flagged = package.Clone();
            flagged.ControlFlag = flag(package);
            return flagged;
        });

    private static async Task<RecordingInfo[]> FinishAsync(TestGateway gateway)
    {
        await gateway.Server.StopAsync();
        RecordingInfo[] recordings = [.. gateway.Server.Recordings];
        Assert.All(recordings, static recording => Ffmpeg.AssertDecodesWithoutComplaint(recording.Path));
        return recordings;
    }

    private static async Task AssertWholeAsync(TestGateway gateway, EncodedClip clip)
    {
        RecordingInfo recording = Assert.Single(await FinishAsync(gateway));
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(recording.Path));
        Assert.Equal(clip.Units.Count * 0.04, recording.Duration.TotalSeconds, 3);
        Assert.True(recording.HasAudio);
    }
}
