namespace Andmu.Pipeline.Cli.Pacing;

/// <summary>Presentation times of pictures at a constant rate, without a rounding error that grows.</summary>
internal sealed class FrameTimeline(double framesPerSecond)
{
    /// <summary>For a stream that does not say its own: what cameras in PAL countries deliver.</summary>
    public const double DefaultRate = 25;

    /// <summary>When the picture with this number, counted from 0, is due.</summary>
    public TimeSpan TimeOf(long picture) => TimeSpan.FromTicks((long)(picture * (TimeSpan.TicksPerSecond / framesPerSecond)));
}
