using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EndToEnd.Tests.Support;

/// <summary>ffmpeg and ffprobe as judges: what they read is what a user's player reads.</summary>
internal static class Ffmpeg
{
    private static readonly string[] HashPictures = ["-map", "0:v", "-fps_mode", "passthrough", "-f", "framehash", "-hash", "md5", "-"];

    /// <summary>The hash of every decoded picture, in order.</summary>
    public static async Task<string[]> PictureHashesAsync(params string[] input) =>
        HashesOf(await RunAsync("ffmpeg", ["-v", "error", .. input, .. HashPictures]));

    /// <summary>The decoded sound as 16-bit little-endian samples.</summary>
    public static async Task<string> SoundHashAsync(params string[] input) =>
        (await RunAsync("ffmpeg", ["-v", "error", .. input, "-map", "0:a", "-c:a", "pcm_s16le", "-f", "hash", "-hash", "md5", "-"])).Trim();

    /// <summary>The decoded sound.</summary>
    public static async Task<short[]> SamplesAsync(params string[] input)
    {
        string file = Path.GetTempFileName();
        await RunAsync("ffmpeg", ["-v", "error", "-y", .. input, "-map", "0:a", "-c:a", "pcm_s16le", "-f", "s16le", file]);
        return await TakeSamplesAsync(file);
    }

    /// <summary>The hash of every decoded picture, in order, and the sound, empty when there is none; fails if a strict decoder has anything to say.</summary>
    public static async Task<(string[] Hashes, short[] Samples)> DecodeStrictlyAsync(string file)
    {
        string samples = Path.GetTempFileName();
        bool hasSound = await ProbeAsync(file, "a", "stream=index") != "";
        string[] sound = hasSound ? ["-map", "0:a", "-c:a", "pcm_s16le", "-f", "s16le", samples] : [];
        string output = await RunAsync(
            "ffmpeg", ["-v", "error", "-xerror", "-err_detect", "explode", "-y", "-i", file, .. HashPictures, .. sound], silently: true);
        return (HashesOf(output), await TakeSamplesAsync(samples));
    }

    /// <summary>What a strict decoder complains about; empty when it is content.</summary>
    public static Task<string> ComplaintsAsync(string file) =>
        RunAsync("ffmpeg", ["-v", "error", "-xerror", "-err_detect", "explode", "-i", file, "-f", "null", "-"], ofErrors: true);

    /// <summary>One value of ffprobe's.</summary>
    public static async Task<string> ProbeAsync(string file, string stream, string entries) =>
        (await RunAsync("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", entries, "-of", "csv=p=0", file])).Trim();

    /// <summary>Makes a stream from ffmpeg's own test sources.</summary>
    public static Task MakeAsync(string file, string source, params string[] encoder) =>
        RunAsync("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, .. encoder, file]);

    /// <summary>Puts an elementary stream of 25 pictures a second into a container.</summary>
    public static Task RemuxAsync(string stream, string container) => RunAsync("ffmpeg", ["-v", "error", "-y", "-r", "25", "-i", stream, "-c", "copy", container]);

    /// <summary>Takes the video out of a container as an elementary stream, and gives its presentation times in decoding order.</summary>
    public static async Task<TimeSpan[]> ExtractAsync(string container, string stream)
    {
        await RunAsync("ffmpeg", ["-v", "error", "-y", "-i", container, "-c", "copy", stream]);
        string times = await ProbeAsync(container, "v:0", "packet=pts_time");
        return [.. times.Split('\n').Select(line => TimeSpan.FromSeconds(double.Parse(line.Trim().TrimEnd(','), CultureInfo.InvariantCulture)))];
    }

    private static string[] HashesOf(string framehash) =>
        [.. framehash.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[(line.LastIndexOf(',') + 1)..].Trim())];

    private static async Task<short[]> TakeSamplesAsync(string file)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        return MemoryMarshal.Cast<byte, short>(bytes).ToArray();
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, bool ofErrors = false, bool silently = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start; tests/run.sh installs it.");
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (ofErrors)
        {
            return await errors + (process.ExitCode == 0 ? "" : $"exit {process.ExitCode}");
        }

        Assert.True(process.ExitCode == 0 && (!silently || await errors == ""), $"{program}: {await errors}");
        return output;
    }
}
