using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Pacing;
using Andmu.Pipeline.Cli.Sources;

namespace Andmu.Pipeline.Cli.Demo;

/// <summary>The clip that comes with the command (Clip/make-clip.sh makes it).</summary>
internal static class DemoClip
{
    /// <summary>As make-clip.sh makes it.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Opens it, to be played in real time for so long, with a motion event in the second quarter.</summary>
    public static async Task<FeedInput> OpenAsync(TimeSpan play, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Clip");
        int times = (int)Math.Ceiling(play / Length);
        VideoFile video = await VideoFile.OpenAsync(Path.Combine(folder, "clip.h264"), codec: null, times, cancellationToken);
        return new FeedInput
        {
            Video = video,
            Audio = new ALawFile(InputFile.Open(Path.Combine(folder, "clip.alaw"), "demo")),
            Timeline = new FrameTimeline(video.FrameRate ?? FrameTimeline.DefaultRate),
            InRealTime = true,
            Limit = play,
            Events = [new PlannedEvent(play / 4, play / 4 < PlannedEvent.DefaultLength ? play / 4 : PlannedEvent.DefaultLength)],
        };
    }
}
