using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Tests.Support;
using CsCheck;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

/// <summary>
/// Whatever the bytes, the readers answer with a value or a <see cref="ProtocolException"/>, the same in every layout, and never
/// accept what Google.Protobuf refuses: its parser, and then its check of required fields, which it does not make by itself.
/// </summary>
/// <remarks>
/// We refuse what Google.Protobuf accepts in these cases only: a repeated message_type or body and a body that is not the type's
/// (it keeps the last, merges, and does not look), a data_size that is not the data's, a field of the schema with another wire type
/// (it calls the field unknown), groups (it skips them), tags and lengths beyond 32 bits (it cuts them).
/// </remarks>
public sealed class HostileInputTests
{
    private static readonly ProtocolErrorCode[] Stricter =
    [
        ProtocolErrorCode.RepeatedMessageType,
        ProtocolErrorCode.SeveralBodies,
        ProtocolErrorCode.MissingBody,
        ProtocolErrorCode.DataSizeMismatch,
        ProtocolErrorCode.WrongWireType,
        ProtocolErrorCode.UnsupportedGroup,
        ProtocolErrorCode.InvalidTag,
        ProtocolErrorCode.InvalidLength,
    ];

    private static readonly byte[][] Tokens =
    [
        [0x08], [0x0A], [0x08, 0x08], [0x08, 0x09], [0x08, 0x0A], [0x4A, 2, 8, 7], [0x52, 2, 8, 7], [0x5A], [0x10, 1], [0x1A, 2, 9, 9],
        [0x20, 2], [0x28, 1], [0x30, 1], [0x38, 1], [0x40, 1], [0x80], [0xFF], [0x00], [0x63], [0x64], [0x65, 1, 2, 3, 4], [0x66],
        [0x18, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ];

    [Fact]
    public void Read_RandomBytes_AgreesWithProtobuf() => Gen.Byte.Array[0, 40].ForEach(20_000, bytes => Compare(bytes));

    [Fact]
    public void Read_RandomTokens_AgreesWithProtobuf() =>
        Gen.OneOf(Tokens).Array[0, 12].ForEach(20_000, tokens => Compare([.. tokens.SelectMany(token => token)]));

    [Fact]
    public void Read_RandomPackageOfTokens_AgreesWithProtobuf() =>
        Gen.OneOf(Tokens).Array[0, 12].ForEach(20_000, tokens =>
        {
            byte[] package = [.. tokens.SelectMany(token => token)];
            Compare([0x08, 0x0A, 0x5A, (byte)package.Length, .. package]);
        });

    [Fact]
    public void Read_MutatedMessages_AgreesWithProtobuf()
    {
        int accepted = 0;
        int refused = 0;
        Gen.Select(Generators.AnyMessage, Gen.UInt).ForEach(20_000, sample =>
        {
            byte[] bytes = sample.Item1.ToByteArray();
            Assert.True(Compare(bytes));
            if (Compare(Mutate(bytes, new Random((int)sample.Item2))))
            {
                accepted++;
            }
            else
            {
                refused++;
            }
        });

        // Else the mutations are too coarse or too fine to say anything.
        Assert.True(accepted > 1000 && refused > 1000, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Format_MutatedMessages_ThrowsNothingButProtocolException() =>
        Gen.Select(Generators.AnyMessage, Gen.UInt).ForEach(10_000, sample =>
        {
            byte[] bytes = Mutate(sample.Item1.ToByteArray(), new Random((int)sample.Item2));
            try
            {
                string line = PacketFormatter.ToLine(new ReadOnlySequence<byte>(bytes));
                Assert.DoesNotContain(line, char.IsControl);
            }
            catch (ProtocolException)
            {
            }
        });

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> mutated = [.. bytes];
        for (int mutations = random.Next(1, 4); mutations > 0; mutations--)
        {
            int at = random.Next(mutated.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < mutated.Count:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < mutated.Count:
                    mutated.RemoveAt(at);
                    break;
                case 2:
                    mutated.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
            }
        }

        return [.. mutated];
    }

    private static bool Compare(byte[] bytes)
    {
        string ours = Read(new ReadOnlySequence<byte>(bytes), out ProtocolErrorCode? code);
        Assert.Equal(ours, Read(Layouts.ByteAtATime(bytes), out _));

        HEDGWMessage? theirs = TryParse(bytes);
        if (code is { } refused)
        {
            Assert.True(
                theirs is null || Stricter.Contains(refused),
                $"protobuf accepts what we call {ours}: {Convert.ToHexString(bytes)}");
        }
        else if (ours.Length > 0)
        {
            Assert.NotNull(theirs);
            Assert.Equal(Describe(theirs), ours);
        }

        return code is null;
    }

    /// <summary>What we read, as text; empty if it is a type of a newer peer, into which we do not look.</summary>
    private static string Read(ReadOnlySequence<byte> bytes, out ProtocolErrorCode? code)
    {
        try
        {
            InboundMessage message = MessageReader.Read(bytes);
            code = null;
            return message.IsKnownType ? ReadBody(message) : "";
        }
        catch (ProtocolException error)
        {
            code = error.Code;
            return error.Code.ToString();
        }
    }

    private static string ReadBody(in InboundMessage message) => message.Type switch
    {
        MessageType.Ping or MessageType.Pong => $"{message.Type} {HeartbeatPacket.ReadId(message)}",
        MessageType.MediaPackage => Describe(MediaPackageReader.Read(message)),
        MessageType.DevLoginReq => ControlMessageReader.Read(DevLoginReq.Parser, message).ToString(),
        MessageType.DevLoginResp => ControlMessageReader.Read(DevLoginResp.Parser, message).ToString(),
        MessageType.DevEventCmd => ControlMessageReader.Read(DevEventCmd.Parser, message).ToString(),
        MessageType.DevServerCmd => ControlMessageReader.Read(DevServerCmd.Parser, message).ToString(),
        MessageType.DevAppCmd => ControlMessageReader.Read(DevAppCmd.Parser, message).ToString(),
        _ => ControlMessageReader.Read(DevIpCamCmd.Parser, message).ToString(),
    };

    private static string Describe(in MediaPackage package) =>
        $"{package.Header} {Convert.ToHexString(package.Data.ToArray())}";

    private static string Describe(HEDGWMessage message) => (MessageType)message.MessageType switch
    {
        MessageType.Ping => $"Ping {message.Ping.Id}",
        MessageType.Pong => $"Pong {message.Pong.Id}",
        MessageType.MediaPackage =>
            $"{Reference.Header(message.TdMediaPackage)} {Convert.ToHexString(message.TdMediaPackage.Data.ToByteArray())}",
        MessageType.DevLoginReq => message.DevLoginReq.ToString(),
        MessageType.DevLoginResp => message.DevLoginResp.ToString(),
        MessageType.DevEventCmd => message.DevEventCmd.ToString(),
        MessageType.DevServerCmd => message.DevServerCmd.ToString(),
        MessageType.DevAppCmd => message.DevAppCmd.ToString(),
        _ => message.DevIpcamCmd.ToString(),
    };

    private static HEDGWMessage? TryParse(byte[] bytes)
    {
        try
        {
            HEDGWMessage message = HEDGWMessage.Parser.ParseFrom(bytes);
            return message.IsInitialized() ? message : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
