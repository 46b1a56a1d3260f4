extern alias gateway;

using System.Buffers;
using System.IO.Pipelines;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Protocol;
using gateway::Andmu.Hedgw;
using gateway::Andmu.Pipeline.Gateway.Hedgw;
using DeviceReader = Andmu.Pipeline.Protocol.PacketReader;
using GatewayReader = gateway::Andmu.Pipeline.Gateway.Hedgw.PacketReader;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// Differential: the platform's reader finds the same messages in the same bytes however they arrive; the device's reader, which shares no code with it, finds the same packets and, where
/// it accepts one, the same message type in it. A bad packet ends the connection with a reason and never otherwise.
/// </summary>
internal sealed class GatewayPacketsTarget : IFuzzTarget
{
    private const int MaxBytes = 4096;

    private static readonly PacketLimits Limits = new() { MaxMediaPacketBytes = MaxBytes, MaxControlPacketBytes = MaxBytes };

    public string Name => "gateway-packets";

    public string Property => "The platform reads the same packets however they arrive, and as the device does; a bad one ends the connection with a reason.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        List<HEDGWMessage> messages = [];
        string end = Read([bytes], messages);
        List<HEDGWMessage> again = [];
        Expect.Same(end, Read(Chunks.Cut(bytes), again), "end");
        Expect.SameItems(messages, again, "message");
        CheckDevice(new ReadOnlySequence<byte>(bytes), messages);
    }

    private static string Read(IReadOnlyList<ReadOnlyMemory<byte>> parts, List<HEDGWMessage> messages)
    {
        using ChunkedStream stream = new(parts);
        GatewayReader reader = new(PipeReader.Create(stream));
        try
        {
            while (Blocking.Get(reader.ReadAsync(MaxBytes, CancellationToken.None)) is var (message, _))
            {
                messages.Add(message);
            }

            return "closed";
        }
        catch (HedgwException error)
        {
            return $"{error.Reason}: {error.Message}";
        }
    }

    private static void CheckDevice(ReadOnlySequence<byte> buffer, List<HEDGWMessage> messages)
    {
        foreach (HEDGWMessage message in messages)
        {
            Expect.Holds(DeviceReader.TryReadPacket(ref buffer, Limits, out ReadOnlySequence<byte> packet), "the device finds fewer packets");
            try
            {
                InboundMessage device = MessageReader.Read(packet);
                Expect.Same((int)device.Type, (int)message.MessageType, "message type, as the platform finds it");
            }
            catch (ProtocolException)
            {
                // It is the stricter of the two.
            }
        }
    }
}
