namespace Andmu.Pipeline.Cli.Options;

/// <summary>The plans of a local platform by the names they have on a command line.</summary>
internal static class PlanNames
{
    public static string[] All { get; } = ["trial", "cloud", "expired", "event", "deleted"];

    /// <summary>The plan of a name, or null.</summary>
    public static Gateway.DevicePlan? Find(string name) => name switch
    {
        "trial" => Gateway.DevicePlan.Trial,
        "cloud" => Gateway.DevicePlan.Cloud,
        "expired" => Gateway.DevicePlan.Expired,
        "event" => Gateway.DevicePlan.Event,
        "deleted" => Gateway.DevicePlan.Deleted,
        _ => null,
    };
}
