using System.Diagnostics;
using System.Globalization;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>What ffmpeg says of a file that was recorded or made.</summary>
internal static class Recording
{
    /// <summary>Codec, duration and number of frames of each stream.</summary>
    public static async Task<string[]> StreamsAsync(string path)
    {
        string streams = await RunAsync(
            "ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=codec_name,duration,nb_read_frames", "-of", "csv=p=0", path);
        return streams.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>How long its video is.</summary>
    public static async Task<double> SecondsAsync(string path)
    {
        string[] streams = await StreamsAsync(path);
        return double.Parse(streams[0].Split(',')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What of its stream is asked for, with commas between: the names are ffprobe's.</summary>
    public static async Task<string> EntriesAsync(string path, string names) =>
        (await RunAsync("ffprobe", "-v", "error", "-show_entries", $"stream={names}", "-of", "csv=p=0", path)).Trim();

    /// <summary>The samples of its picture, plane by plane: Y, Cb, Cr. Fails at the first thing that is wrong.</summary>
    public static Task<byte[]> SamplesAsync(string path) => RawAsync(path, "rawvideo");

    /// <summary>Its sound, 16 bits a sample. Fails at the first thing that is wrong.</summary>
    public static Task<byte[]> SoundAsync(string path) => RawAsync(path, "s16le");

    /// <summary>Makes a raw stream of test pictures, 25 a second, a key frame each second, in the order in which they are shown.</summary>
    public static Task MakeAsync(string path, string encoder, string size, int seconds) => RunAsync(
        "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=25:duration={seconds}", "-c:v", encoder, "-preset", "ultrafast",
        "-pix_fmt", "yuv420p", "-g", "25", "-bf", "0", encoder == "libx265" ? "-x265-params" : "-x264-params", "log-level=none", path);

    /// <summary>Decodes all of it; fails at the first thing that is wrong. At 50 Mbit/s the usual 5 MB are not enough to tell a rate from.</summary>
    public static Task DecodeAsync(string path) =>
        RunAsync("ffmpeg", "-v", "warning", "-probesize", "64M", "-xerror", "-err_detect", "explode", "-i", path, "-f", "null", "-");

    private static async Task<byte[]> RawAsync(string path, string format)
    {
        await RunAsync("ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-y", "-i", path, "-f", format, $"{path}.raw");
        return await File.ReadAllBytesAsync($"{path}.raw", TestContext.Current.CancellationToken);
    }

    private static async Task<string> RunAsync(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, await errors));
        return output;
    }
}
