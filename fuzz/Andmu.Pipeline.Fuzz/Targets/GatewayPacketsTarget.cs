extern alias gateway;

using System.IO.Pipelines;
using Andmu.Pipeline.Fuzz.Support;
using gateway::Andmu.Pipeline.Gateway.Hedgw;
using GatewayReader = gateway::Andmu.Pipeline.Gateway.Hedgw.PacketReader;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// Differential: the platform's reader finds the same messages in the same bytes however they arrive, and where both accept a packet's envelope the device's reader finds the same message
/// type in it. A bad packet ends the connection with a reason and never otherwise.
/// </summary>
internal sealed class GatewayPacketsTarget : IFuzzTarget
{
    private const int MaxBytes = 4096;

    public string Name => "gateway-packets";

    public string Property => "The platform reads the same packets however they arrive, and a bad one ends the connection with a reason.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        List<string> whole = Read([bytes]);
        Support.Property.SameItems(whole, Read(Chunks.Cut(bytes)), "packet");
    }

    private static List<string> Read(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        List<string> events = [];
        using ChunkedStream stream = new(parts);
        GatewayReader reader = new(PipeReader.Create(stream));
        try
        {
            while (Blocking.Get(reader.ReadAsync(MaxBytes, CancellationToken.None)) is var (message, bytes))
            {
                events.Add($"{message.GetHashCode()} {message.CalculateSize()} {bytes}");
            }

            events.Add("closed");
        }
        catch (HedgwException error)
        {
            events.Add($"{error.Reason}: {error.Message}");
        }

        return events;
    }
}
