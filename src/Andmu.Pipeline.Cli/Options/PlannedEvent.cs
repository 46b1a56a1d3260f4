namespace Andmu.Pipeline.Cli.Options;

/// <summary>A motion event that a simulated camera is to have.</summary>
/// <param name="Start">From the first picture on.</param>
/// <param name="Length">How long it lasts.</param>
internal readonly record struct PlannedEvent(TimeSpan Start, TimeSpan Length)
{
    /// <summary>Unless something else is said.</summary>
    public static TimeSpan DefaultLength { get; } = TimeSpan.FromSeconds(2);

    public TimeSpan End => Start + Length;
}
