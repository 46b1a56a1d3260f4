namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>The clip that comes with the command: 500 pictures at 25 a second, and as much audio.</summary>
internal static class Clip
{
    public const int Frames = 500;

    public static string Video { get; } = Path.Combine(AppContext.BaseDirectory, "Clip", "clip.h264");

    public static string Audio { get; } = Path.Combine(AppContext.BaseDirectory, "Clip", "clip.alaw");
}
