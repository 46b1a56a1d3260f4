using System.Diagnostics;
using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Fuzz.Seeds;

/// <summary>The beginnings of real streams: the clip that the demo plays, and pictures that x264 and x265 make of a test picture in the forms that cameras have.</summary>
internal static class MediaSeeds
{
    private const int MaxStreamBytes = 3000;
    private const int MaxSetBytes = 400;

    private static readonly (string Name, string Encoder, string Parameters, string Options)[] Streams =
    [
        ("h264-baseline", "libx264", "keyint=4:bframes=0:slices=2:aud=1", "-profile:v baseline"),
        ("h264-high", "libx264", "keyint=6:bframes=2:cqm4=9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9", "-aspect 16:9"),
        ("h264-interlaced", "libx264", "keyint=4:tff=1", ""),
        ("h264-high-422", "libx264", "keyint=4:nal-hrd=vbr:vbv-maxrate=300:vbv-bufsize=300", "-pix_fmt yuv422p10le"),
        ("h265-main", "libx265", "keyint=4:bframes=0:slices=2:aud=1", ""),
        ("h265-layers", "libx265", "keyint=8:bframes=3:temporal-layers=2:hrd=1:vbv-maxrate=800:vbv-bufsize=800", ""),
        ("h265-main-10", "libx265", "keyint=4:sar=4\\:3:scaling-list=default", "-pix_fmt yuv420p10le"),
    ];

    public static void Write(SeedFolder folder, string clip)
    {
        using (FileStream stream = File.OpenRead(clip))
        {
            byte[] head = new byte[MaxStreamBytes];
            stream.ReadExactly(head);
            Add(folder, "h264-clip", head);
        }

        foreach ((string name, string encoder, string parameters, string options) in Streams)
        {
            Add(folder, name, Encode(encoder, parameters, options));
        }
    }

    private static void Add(SeedFolder folder, string name, byte[] stream)
    {
        folder.Add("annex-b", name, stream.AsSpan(0, Math.Min(stream.Length, MaxStreamBytes)));
        string codec = name[..name.IndexOf('-', StringComparison.Ordinal)];
        List<byte> sets = [];
        AnnexBReader reader = new(stream);
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            bool isSet = codec == "h264" ? (unit[0] & 0x1F) is 7 or 8 : (unit[0] >> 1) is >= 32 and <= 34;
            if (isSet && sets.Count + unit.Length < MaxSetBytes)
            {
                sets.AddRange([0, 0, 0, 1, .. unit]);
            }
        }

        folder.Add($"parameter-sets-{codec}", name, sets.ToArray());
    }

    private static byte[] Encode(string encoder, string parameters, string options)
    {
        bool isH264 = encoder == "libx264";
        string[] arguments =
        [
            "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=25:duration=0.4", "-pix_fmt", "yuv420p", "-threads", "1", "-c:v", encoder,
            isH264 ? "-x264-params" : "-x265-params", isH264 ? parameters : parameters + ":repeat-headers=1:log-level=none",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", isH264 ? "h264" : "hevc", "-",
        ];
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        using MemoryStream stream = new();
        ffmpeg.StandardOutput.BaseStream.CopyTo(stream);
        ffmpeg.WaitForExit();
        return ffmpeg.ExitCode == 0 ? stream.ToArray() : throw new InvalidOperationException("ffmpeg failed.");
    }
}
