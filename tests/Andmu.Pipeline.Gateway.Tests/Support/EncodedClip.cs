using System.Globalization;
using Andmu.Hedgw;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Google.Protobuf;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A small real clip from x264 or x265, as access units with presentation times in decode order.</summary>
internal sealed class EncodedClip
{
    public const int FramesPerSecond = 25;
    private const int FrameMs = 1000 / FramesPerSecond;

    private EncodedClip(VideoCodec codec, string path, byte[] sets, List<AccessUnit> units)
    {
        Codec = codec;
        Path = path;
        Sets = sets;
        Units = units;
    }

    internal sealed record AccessUnit(uint Time, bool IsKeyFrame, byte[] Data);

    public VideoCodec Codec { get; }

    /// <summary>The clip as ffmpeg wrote it.</summary>
    public string Path { get; }

    public byte[] Sets { get; }

    public List<AccessUnit> Units { get; }

    public static EncodedClip Make(
        TemporaryDirectory directory, VideoCodec codec, int seconds = 3, string size = "160x96", string options = "", int bFrames = 2)
    {
        string name = $"{codec}-{size}-{seconds}-{options.Length}-{bFrames}";
        string mp4 = directory.File(name + ".mp4");
        string raw = directory.File(name + ".raw");
        bool h265 = codec == VideoCodec.H265;
        string parameters = $"keyint=25:min-keyint=25:scenecut=0:bframes={bFrames}{options}" + (h265 ? ":log-level=none" : "");
        Ffmpeg.Run(
            "-f", "lavfi", "-i", $"testsrc2=size={size}:rate={FramesPerSecond}:duration={seconds}", "-pix_fmt", "yuv420p",
            "-c:v", h265 ? "libx265" : "libx264", h265 ? "-x265-params" : "-x264-params", parameters, mp4);
        Ffmpeg.Run(
            "-i", mp4, "-c", "copy", "-bsf:v", h265 ? "hevc_mp4toannexb,hevc_metadata=aud=insert" : "h264_mp4toannexb,h264_metadata=aud=insert",
            "-f", h265 ? "hevc" : "h264", raw);
        return Split(codec, mp4, File.ReadAllBytes(raw), PresentationTimes(mp4));
    }

    public TDMediaPackage SetsPackage(uint time, uint sequence, uint? flag = null) => Package(3, 0, Sets, time, sequence, flag);

    /// <summary>The clip as a device sends it: sets before every key frame, numbers from the first on, times from an offset.</summary>
    public IEnumerable<TDMediaPackage> Packages(uint timeOffset = 0, uint firstNumber = 0, uint? flag = null)
    {
        uint number = firstNumber;
        foreach (AccessUnit unit in Units)
        {
            uint time = unchecked(timeOffset + unit.Time);
            if (unit.IsKeyFrame)
            {
                yield return SetsPackage(time, number, flag);
            }

            yield return Package(2, unit.IsKeyFrame ? 1u : 0u, unit.Data, time, number++, flag);
        }
    }

    public static TDMediaPackage Package(uint type, uint sync, byte[] data, uint time, uint number, uint? flag = null)
    {
        var package = new TDMediaPackage
        {
            PackageType = type,
            Sync = sync,
            Data = ByteString.CopyFrom(data),
            DataSize = (uint)data.Length,
            StartTime = time,
            SeqNum = number,
            IpcamTime = 1767323045000UL + number,
        };
        if (flag is { } value)
        {
            package.ControlFlag = value;
        }

        return package;
    }

    private static uint[] PresentationTimes(string mp4)
    {
        double[] seconds =
        [
            .. Ffmpeg.Probe("-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0", mp4)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line.Trim(','), CultureInfo.InvariantCulture)),
        ];
        return [.. seconds.Select(time => (uint)Math.Round((time - seconds.Min()) * FramesPerSecond) * FrameMs)];
    }

    private static EncodedClip Split(VideoCodec codec, string path, byte[] raw, uint[] times)
    {
        List<byte> sets = [];
        List<AccessUnit> units = [];
        List<byte> current = [];
        bool key = false;
        void Close()
        {
            if (current.Count > 0)
            {
                units.Add(new AccessUnit(times[units.Count], key, [.. current]));
                current.Clear();
                key = false;
            }
        }

        var reader = new AnnexBReader(raw);
        while (reader.TryRead(out ReadOnlySpan<byte> nal))
        {
            int type = codec == VideoCodec.H265 ? (nal[0] >> 1) & 0x3F : nal[0] & 0x1F;
            bool delimiter = codec == VideoCodec.H265 ? type == 35 : type == 9;
            bool set = codec == VideoCodec.H265 ? type is 32 or 33 or 34 : type is 7 or 8;
            if (delimiter)
            {
                Close();
            }
            else if (set)
            {
                if (units.Count == 0)
                {
                    sets.AddRange([0, 0, 0, 1]);
                    sets.AddRange(nal);
                }
            }
            else
            {
                key |= codec == VideoCodec.H265 ? type is >= 16 and <= 21 : type == 5;
                current.AddRange([0, 0, 0, 1]);
                current.AddRange(nal);
            }
        }

        Close();
        Assert.Equal(times.Length, units.Count);
        return new EncodedClip(codec, path, [.. sets], units);
    }
}
