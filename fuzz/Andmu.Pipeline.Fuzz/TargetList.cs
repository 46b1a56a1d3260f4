using Andmu.Pipeline.Fuzz.Targets;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Fuzz;

/// <summary>All targets, from the network inwards: the device's side of the wire, the card, the platform's side.</summary>
internal static class TargetList
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> Makers = new()
    {
        ["packet-reader"] = static () => new PacketReaderTarget(),
        ["media-codec"] = static () => new MediaCodecTarget(),
        ["control-messages"] = static () => new ControlMessagesTarget(),
        ["command-json"] = static () => new CommandJsonTarget(),
        ["talk-back"] = static () => new TalkBackTarget(),
        ["openapi-response"] = static () => new OpenApiResponseTarget(),
        ["annex-b"] = static () => new AnnexBTarget(),
        ["parameter-sets-h264"] = static () => new ParameterSetsTarget(VideoCodec.H264),
        ["parameter-sets-h265"] = static () => new ParameterSetsTarget(VideoCodec.H265),
        ["spool-recovery"] = static () => new SpoolRecoveryTarget(),
        ["kept-files"] = static () => new KeptFilesTarget(),
        ["inspect"] = static () => new InspectTarget(),
        ["gateway-packets"] = static () => new GatewayPacketsTarget(),
        ["gateway-messages"] = static () => new GatewayMessagesTarget(),
        ["gateway-calls"] = static () => new GatewayCallsTarget(),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>Makes a target; null when there is none of that name.</summary>
    public static IFuzzTarget? Find(string name) => Makers.GetValueOrDefault(name)?.Invoke();
}
