using System.Diagnostics;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>ffmpeg and ffprobe as independent judges of what the gateway writes.</summary>
internal static class Ffmpeg
{
    public static string Run(params string[] arguments) => Start("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]);

    public static string Probe(params string[] arguments) => Start("ffprobe", ["-v", "error", .. arguments]);

    /// <summary>Decodes a whole file and lets nothing pass.</summary>
    public static void AssertDecodesWithoutComplaint(string path) =>
        Assert.Equal("", Run("-xerror", "-err_detect", "explode", "-i", path, "-f", "null", "-"));

    /// <summary>The hashes of all decoded pictures, without their times.</summary>
    public static string[] PictureHashes(string path) =>
    [
        .. Run("-i", path, "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "-")
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[(line.LastIndexOf(',') + 1)..].Trim()),
    ];

    private static string Start(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string complaint = errors.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0 && complaint.Length == 0, $"{program} {string.Join(' ', arguments)}: {complaint}");
        return output;
    }
}
