using System.ComponentModel;
using System.Diagnostics;

namespace Andmu.Pipeline.Media.Tests.Streams;

/// <summary>The independent encoder, prober and decoder that our readers are held against.</summary>
internal static class Ffmpeg
{
    /// <summary>Runs ffmpeg and gives what it wrote on stdout; fails the test with its stderr otherwise.</summary>
    public static string Run(params string[] arguments) => RunTool("ffmpeg", ["-hide_banner", "-nostdin", "-y", "-v", "error", .. arguments]);

    /// <summary>Runs ffprobe and gives the values asked for, one record a line, separated by commas.</summary>
    public static string[] Probe(string file, string entries, params string[] options) =>
        RunTool("ffprobe", ["-v", "error", "-select_streams", "v:0", .. options, "-show_entries", entries, "-of", "csv=p=0", file])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Decodes a raw stream, allowing no error at all, and gives a hash for each picture in output order.</summary>
    public static string[] DecodedHashes(string file, VideoCodec codec)
    {
        string output = Run(
            "-xerror", "-err_detect", "explode", "-f", codec == VideoCodec.H264 ? "h264" : "hevc", "-i", file,
            "-fps_mode", "passthrough", "-f", "framemd5", "-");
        return [.. output.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];
    }

    private static string RunTool(string tool, string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string error = errors.GetAwaiter().GetResult();
            if (process.ExitCode != 0 || error.Length > 0)
            {
                Assert.Fail($"{tool} {string.Join(' ', arguments)}\nexit code {process.ExitCode}\n{error}");
            }

            return output;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"{tool} is not installed; these tests need it: apt-get install ffmpeg");
            throw;
        }
    }
}
