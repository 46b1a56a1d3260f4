using System.Collections.Concurrent;
using System.Globalization;
using Andmu.Pipeline.Media;
using EndToEnd.Tests.Support;

[assembly: AssemblyFixture(typeof(Sources))]

namespace EndToEnd.Tests.Support;

/// <summary>The cameras of these tests: each source is made by ffmpeg when it is first asked for, once a run.</summary>
public sealed class Sources : IDisposable
{
    /// <summary>Half of it is what a bad link of these tests carries, still well above what the kernel hides.</summary>
    private const int Kilobits = 800;

    private readonly string _folder = Directory.CreateTempSubdirectory("andmu-e2e-sources-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<SourceClip>>> _made = new();

    /// <summary>H.264 Baseline, a GOP every 2 s.</summary>
    internal Task<SourceClip> H264 => Get("h264", folder => X264Async(folder, "320x240", gop: 50, seconds: 75));

    /// <summary>H.264 whose GOPs do not end where a second does: 37 pictures.</summary>
    internal Task<SourceClip> H264OddGops => Get("odd", folder => X264Async(folder, "320x240", gop: 37, seconds: 45));

    /// <summary>H.265 with B-frames and open GOPs: every key frame but the first is a CRA with RASL pictures after it.</summary>
    internal Task<SourceClip> H265 => Get("h265", X265Async);

    /// <summary>H.264 that is switched from 640x360 to 320x240 after 10 s.</summary>
    internal Task<SourceClip> Switched => Get("switched", SwitchedAsync);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<SourceClip> Get(string name, Func<string, Task<SourceClip>> make) => _made.GetOrAdd(
        name, key => new Lazy<Task<SourceClip>>(() => make(Directory.CreateDirectory(Path.Combine(_folder, key)).FullName))).Value;

    private static async Task<SourceClip> X264Async(string folder, string size, int gop, int seconds) =>
        await SourceClip.ReadAsync(VideoCodec.H264, await EncodeH264Async(Path.Combine(folder, "camera.mp4"), size, gop, seconds, skip: 0));

    private static async Task<SourceClip> SwitchedAsync(string folder) => await SourceClip.ReadAsync(
        VideoCodec.H264,
        await EncodeH264Async(Path.Combine(folder, "hd.mp4"), "640x360", gop: 50, seconds: 10, skip: 0),
        await EncodeH264Async(Path.Combine(folder, "sd.mp4"), "320x240", gop: 50, seconds: 10, skip: 10));

    private static async Task<string> EncodeH264Async(string file, string size, int gop, int seconds, int skip)
    {
        await Ffmpeg.MakeAsync(
            file, TestPictures(size, seconds + skip), "-ss", skip.ToString(CultureInfo.InvariantCulture),
            "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-threads", "1",
            "-b:v", $"{Kilobits}k", "-maxrate", $"{Kilobits}k", "-bufsize", $"{Kilobits}k", "-x264-params", $"keyint={gop}:min-keyint={gop}:scenecut=0");
        return file;
    }

    private static async Task<SourceClip> X265Async(string folder)
    {
        string file = Path.Combine(folder, "camera.mp4");
        await Ffmpeg.MakeAsync(
            file, TestPictures("320x240", 60), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params",
            "log-level=none:keyint=50:min-keyint=50:scenecut=0:open-gop=1:bframes=3:"
            + $"bitrate={Kilobits}:vbv-maxrate={Kilobits}:vbv-bufsize={Kilobits}");
        return await SourceClip.ReadAsync(VideoCodec.H265, file);
    }

    private static string TestPictures(string size, int seconds) => $"testsrc2=size={size}:rate={SourceClip.FramesPerSecond}:duration={seconds}";
}
