using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Protocol;
using Google.Protobuf;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// Differential, for a message without its length prefix: the answer to a login, a plan, an app's command, a heartbeat, and what goes the other way. What our
/// reader accepts, Google.Protobuf parses as part of the whole message to the same fields, in every layout; what only Google.Protobuf accepts is refused by a rule that is
/// written down. The reader by hand for heartbeats agrees with the one for everything.
/// </summary>
internal sealed class ControlMessagesTarget : IFuzzTarget
{
    public string Name => "control-messages";

    public string Property => "Messages other than media are read to what Google.Protobuf reads, or refused by a rule that is written down.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        HEDGWMessage? theirs = Parse(bytes);
        string? first = null;
        foreach (ReadOnlySequence<byte> layout in Chunks.Layouts(bytes))
        {
            string ours = ReadAs(layout, theirs);
            first ??= ours;
            Expect.Same(first, ours, "another layout");
        }
    }

    private static string ReadAs(in ReadOnlySequence<byte> bytes, HEDGWMessage? theirs)
    {
        try
        {
            InboundMessage message = MessageReader.Read(bytes);
            if (!message.IsKnownType || message.Type == MessageType.MediaPackage)
            {
                return $"{message.Type}";
            }

            IMessage body = Body(message, out int unknownFields);
            Expect.Holds(theirs is not null, "accepted what Google.Protobuf refuses");
            Expect.Same(BodyOf(theirs), body, "fields");
            return $"{body}, {unknownFields} unknown";
        }
        catch (ProtocolException error)
        {
            Expect.Holds(theirs is null || ProtobufRules.IsOurs(error.Code), $"refused ({error.Code}) what Google.Protobuf accepts");
            return $"{error.Code} at {error.Offset}: {error.Message}";
        }
    }

    private static IMessage Body(in InboundMessage message, out int unknownFields) => message.Type switch
    {
        MessageType.DevLoginReq => ControlMessageReader.Read(DevLoginReq.Parser, message, out unknownFields),
        MessageType.DevLoginResp => ControlMessageReader.Read(DevLoginResp.Parser, message, out unknownFields),
        MessageType.DevEventCmd => ControlMessageReader.Read(DevEventCmd.Parser, message, out unknownFields),
        MessageType.DevServerCmd => ControlMessageReader.Read(DevServerCmd.Parser, message, out unknownFields),
        MessageType.DevAppCmd => ControlMessageReader.Read(DevAppCmd.Parser, message, out unknownFields),
        MessageType.DevIpCamCmd => ControlMessageReader.Read(DevIpCamCmd.Parser, message, out unknownFields),
        MessageType.Ping => Heartbeat(message, ControlMessageReader.Read(Ping.Parser, message, out unknownFields), static ping => ping.Id),
        _ => Heartbeat(message, ControlMessageReader.Read(Pong.Parser, message, out unknownFields), static pong => pong.Id),
    };

    private static T Heartbeat<T>(in InboundMessage message, T body, Func<T, uint> id)
        where T : IMessage
    {
        Expect.Same(id(body), HeartbeatPacket.ReadId(message), "number of a heartbeat");
        return body;
    }

    private static IMessage BodyOf(HEDGWMessage message) => message.MessageType switch
    {
        HEDGWMessage.Types.MessageType.DevLoginReq => message.DevLoginReq,
        HEDGWMessage.Types.MessageType.DevLoginResp => message.DevLoginResp,
        HEDGWMessage.Types.MessageType.DevEventCmd => message.DevEventCmd,
        HEDGWMessage.Types.MessageType.DevServerCmd => message.DevServerCmd,
        HEDGWMessage.Types.MessageType.DevAppCmd => message.DevAppCmd,
        HEDGWMessage.Types.MessageType.DevIpCamCmd => message.DevIpcamCmd,
        HEDGWMessage.Types.MessageType.Ping => message.Ping,
        _ => message.Pong,
    };

    private static HEDGWMessage? Parse(byte[] bytes)
    {
        try
        {
            return HEDGWMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
