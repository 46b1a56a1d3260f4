using System.CommandLine;
using System.Globalization;
using Andmu.Pipeline.Gateway;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>What a local platform does to its devices by itself: plans, viewers, a slow network, a broken one.</summary>
internal sealed class PlatformScriptOptions
{
    private const int BytesPerSecondOfKilobit = 1000 / 8;

    private readonly Option<IReadOnlyList<(TimeSpan Start, Gateway.DevicePlan Plan)>?> _plans = new("--plan-at")
    {
        Description = $"Change the plan S seconds after each login of a device: {string.Join(", ", PlanNames.All)}. It stays changed.",
        HelpName = "S:PLAN[,...]",
        CustomParser = OptionValues.Plans,
    };

    private readonly Option<IReadOnlyList<(TimeSpan Start, TimeSpan? Length)>?> _viewers = new("--viewer-at")
    {
        Description = "A viewer watches from S seconds after each login, for LENGTH seconds or for good; each is another viewer.",
        HelpName = "S[:LENGTH][,...]",
        CustomParser = OptionValues.Viewers,
    };

    private readonly Option<IReadOnlyList<(TimeSpan Start, TimeSpan Length)>?> _stalls = new("--stall-at")
    {
        Description = "Read nothing for LENGTH seconds, from S seconds after each login.",
        HelpName = "S:LENGTH[,...]",
        CustomParser = OptionValues.Stalls,
    };

    private readonly Option<int> _throttle = new("--throttle")
    {
        Description = "Read so many kbit/s from each connection and no more, as a slow uplink would carry.",
        HelpName = "KBIT",
        CustomParser = OptionValues.Whole(1, 10_000_000),
    };

    private readonly Option<TimeSpan?> _cutEvery = new("--cut-every")
    {
        Description = "Reset every connection each S seconds from the start on.",
        HelpName = "S",
        CustomParser = OptionValues.Seconds(0.1, 1e6),
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_plans);
        verb.Options.Add(_viewers);
        verb.Options.Add(_stalls);
        verb.Options.Add(_throttle);
        verb.Options.Add(_cutEvery);
    }

    /// <summary>What happens after each login.</summary>
    public DeviceScript Script(ParseResult parsed)
    {
        DeviceScript script = DeviceScript.Empty;
        foreach ((TimeSpan start, Gateway.DevicePlan plan) in parsed.GetValue(_plans) ?? [])
        {
            script = script.PlanAt(start, plan);
        }

        int viewer = 0;
        foreach ((TimeSpan start, TimeSpan? length) in parsed.GetValue(_viewers) ?? [])
        {
            script = script.ViewerAt(start, length, string.Create(CultureInfo.InvariantCulture, $"viewer-{++viewer}"));
        }

        foreach ((TimeSpan start, TimeSpan length) in parsed.GetValue(_stalls) ?? [])
        {
            script = script.StallAt(start, length);
        }

        return script;
    }

    /// <summary>What holds all the time.</summary>
    public void Apply(ParseResult parsed, GatewayFaults faults)
    {
        faults.CutEvery = parsed.GetValue(_cutEvery);
        faults.ThrottleBytesPerSecond = parsed.GetValue(_throttle) is > 0 and var rate ? (long)rate * BytesPerSecondOfKilobit : null;
    }
}
