using System.Globalization;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Cli.Pushing;

/// <summary>What became of an event's clip, in a line for people.</summary>
internal static class ClipLine
{
    /// <summary>The line.</summary>
    /// <param name="clip">What became of it.</param>
    /// <param name="inputEnded">Whether everything was delivered that the input had.</param>
    public static string Of(in EventClipReport clip, bool inputEnded)
    {
        string others = clip.Events > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {clip.Events - 1} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"andmu: event at {clip.EventTime.ToLocalTime():HH:mm:ss.fff}{others}: {Outcome(clip, inputEnded)}.");
    }

    private static string Outcome(in EventClipReport clip, bool inputEnded) => clip.Outcome switch
    {
        EventClipOutcome.Delivered => $"clip delivered, {Delivered(clip)}",
        EventClipOutcome.DeviceOff => "clip cut short, because the device was switched off",
        EventClipOutcome.PlanChanged => "clip cut short, because the plan was changed to one that records no events",
        EventClipOutcome.Evicted => "no clip, because the network was away for longer than the buffer reaches",
        EventClipOutcome.UplinkEnded when inputEnded =>
            $"clip cut short, because the input ended before the post-roll of {Seconds(clip.PostRoll + clip.MissingPostRoll)}",
        _ => "clip not delivered",
    };

    private static string Delivered(in EventClipReport clip)
    {
        string lost = clip.Lost.Packages > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {clip.Lost.Packages} pictures and audio packs lost in it") : "";
        return $"{Seconds(clip.PreRoll)} before{Missing(clip.MissingPreRoll)}, {Seconds(clip.PostRoll)} after{Missing(clip.MissingPostRoll)}{lost}";
    }

    private static string Missing(TimeSpan missing) => missing > TimeSpan.Zero ? $" ({Seconds(missing)} missing)" : "";

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
