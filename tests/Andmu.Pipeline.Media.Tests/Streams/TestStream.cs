using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Andmu.Pipeline.Media.Tests.Streams;

/// <summary>
/// A real stream, encoded by x264 or x265 from a test picture when it is first asked for, and kept beside the test assembly under a
/// name that changes with its settings.
/// </summary>
internal sealed record TestStream(string Name, VideoCodec Codec, string Source, string EncoderOptions, string EncoderParameters)
{
    private const string Small = "size=320x180:rate=25";
    private const string Odd = "size=322x182:rate=30000/1001";

    private static readonly ConcurrentDictionary<string, Lazy<string>> Files = new();

    private static readonly TestStream[] All =
    [
        H264("baseline", Small, "-profile:v baseline", "keyint=10:bframes=0"),
        H264("slices", Small, "-profile:v main", "keyint=12:bframes=0:slices=4:aud=1"),
        H264("bframes", Odd, "-profile:v high", "keyint=20:bframes=3:b-pyramid=normal:slices=3"),
        H264("open-gop", Small, "", "keyint=12:min-keyint=2:bframes=3:open-gop=1:aud=1"),
        H264("intra-refresh", Small, "", "keyint=12:bframes=0:intra-refresh=1"),
        H264("filler", Small, "-b:v 600k -maxrate 600k -bufsize 600k", "keyint=12:nal-hrd=cbr:filler=1:slices=2:force-cfr=1"),
        H264("interlaced", "size=320x176:rate=25", "-aspect 16:9", "keyint=12:tff=1:bframes=2"),
        H264("high-10", Odd, "-pix_fmt yuv420p10le", "keyint=12"),
        H264("high-422", Odd, "-pix_fmt yuv422p10le", "keyint=12:cqm=jvt"),
        H264("high-444", Odd, "-pix_fmt yuv444p", "keyint=12"),
        H264("custom-scaling", Small, "", "keyint=12:cqm4=9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9"),
        H265("slices", Small, "", "keyint=12:bframes=0:slices=3:aud=1"),
        H265("bframes", Odd, "", "keyint=20:bframes=4:b-pyramid=1:open-gop=0:hrd=1:vbv-maxrate=800:vbv-bufsize=800"),
        H265("open-gop", Small, "", "keyint=12:min-keyint=2:bframes=4:open-gop=1:scenecut=0"),
        H265("radl", Small, "", "keyint=12:min-keyint=12:bframes=4:open-gop=0:radl=2:scenecut=0"),
        H265("intra-refresh", Small, "", "keyint=12:bframes=0:intra-refresh=1"),
        H265("temporal-layers", Small, "", "keyint=24:bframes=3:temporal-layers=2:open-gop=0"),
        H265("main-10", Odd, "-pix_fmt yuv420p10le", "keyint=12:sar=4\\:3"),
        H265("rext-422", Odd, "-pix_fmt yuv422p10le", "keyint=12"),
        H265("scaling-list", Small, "", "keyint=12:scaling-list=default:pmode=0:slices=2"),
    ];

    /// <summary>Names of all streams, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(stream => stream.Name), "h264-size-change", "h265-size-change"];

    /// <summary>The stream of a name.</summary>
    public static TestStream Named(string name) => All.FirstOrDefault(stream => stream.Name == name)
        ?? new TestStream(name, name.StartsWith("h264", StringComparison.Ordinal) ? VideoCodec.H264 : VideoCodec.H265, "", "", "");

    /// <summary>Whether all that begins a GOP is an IRAP or IDR picture, as in closed GOPs and in all of H.265.</summary>
    public bool KeyFramesAreRandomAccess => Name is not ("h264-open-gop" or "h264-intra-refresh");

    /// <summary>The raw stream.</summary>
    public string File => Path("raw", CodecName, MakeRaw);

    /// <summary>The bytes of the raw stream.</summary>
    public byte[] Bytes => System.IO.File.ReadAllBytes(File);

    /// <summary>An MP4 file of the same settings: units with lengths of four bytes, parameter sets outside.</summary>
    public string Mp4 => Path("mp4", "mp4", Encode);

    private string CodecName => Codec == VideoCodec.H264 ? "h264" : "h265";

    private TestStream[] Parts => [Named($"{CodecName}-slices"), Named($"{CodecName}-bframes"), Named($"{CodecName}-slices")];

    private string Settings => Source.Length > 0
        ? $"{Source} {EncoderOptions} {EncoderParameters}"
        : string.Join('+', Parts.Select(part => part.Settings));

    private static TestStream H264(string name, string source, string options, string parameters) =>
        new("h264-" + name, VideoCodec.H264, source, options, parameters);

    private static TestStream H265(string name, string source, string options, string parameters) =>
        new("h265-" + name, VideoCodec.H265, source, options, parameters + ":repeat-headers=1:log-level=none");

    private string Path(string kind, string extension, Action<string> make) => Files.GetOrAdd($"{Name}/{kind}", _ => new Lazy<string>(() =>
    {
        string folder = System.IO.Path.Combine(AppContext.BaseDirectory, "streams");
        Directory.CreateDirectory(folder);
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Settings)))[..8];
        string file = System.IO.Path.Combine(folder, $"{Name}-{key}.{extension}");
        if (!System.IO.File.Exists(file))
        {
            string partial = System.IO.Path.Combine(folder, $"{Name}-{key}.partial.{extension}");
            make(partial);
            System.IO.File.Move(partial, file, overwrite: true);
        }

        return file;
    })).Value;

    private void MakeRaw(string file)
    {
        if (Source.Length > 0)
        {
            Encode(file);
            return;
        }

        // Two sizes in one stream: the parameter sets keep their ids and change their bytes.
        System.IO.File.WriteAllBytes(file, [.. Parts.SelectMany(part => part.Bytes)]);
    }

    private void Encode(string file)
    {
        string[] options = EncoderOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] codec = Codec == VideoCodec.H264
            ? ["-c:v", "libx264", "-threads", "1", "-preset", "veryfast", "-x264-params", EncoderParameters]
            : ["-c:v", "libx265", "-preset", "superfast", "-x265-params", EncoderParameters];
        Ffmpeg.Run(["-f", "lavfi", "-i", $"testsrc={Source}:duration=1.6", "-pix_fmt", "yuv420p", .. codec, .. options, file]);
    }
}
