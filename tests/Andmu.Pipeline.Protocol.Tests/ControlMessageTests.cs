using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Tests.Support;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class ControlMessageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void Write_AnyMessage_ReadsBackEqual(int blockSize) => Generators.AnyMessage.ForEach(200, message =>
    {
        BlockBufferWriter output = new(blockSize);
        ControlPacketWriter.Write(output, message);

        Assert.Equal(Reference.Packet(message), output.Written);
    });

    [Fact]
    public void Write_LongerThanTheLimit_IsRefusedBeforeAnyByte()
    {
        HEDGWMessage message = Command(new DevIpCamCmd { Type = 4, SrcDeviceId = "a", Data = ByteString.CopyFrom(new byte[1024 * 1024]) });
        BlockBufferWriter output = new(64);

        Assert.Throws<ArgumentException>(() => ControlPacketWriter.Write(output, message));
        Assert.Empty(output.Written);
    }

    [Fact]
    public void Write_AtTheLimitOfTheCaller_IsWritten()
    {
        HEDGWMessage message = Command(new DevIpCamCmd { Type = 3, SrcDeviceId = "a", Msg = "1280x720" });
        BlockBufferWriter output = new(64);

        ControlPacketWriter.Write(output, message, new PacketLimits { MaxControlPacketBytes = message.CalculateSize() });

        Assert.Equal(Reference.Packet(message), output.Written);
        PacketLimits tight = new() { MaxControlPacketBytes = message.CalculateSize() - 1 };
        Assert.Throws<ArgumentException>(() => ControlPacketWriter.Write(output, message, tight));
    }

    [Fact]
    public void Write_RequiredFieldNotSet_Throws()
    {
        BlockBufferWriter output = new(64);

        Assert.Throws<ArgumentException>(() => ControlPacketWriter.Write(output, Command(new DevIpCamCmd { Type = 3 })));
        Assert.Empty(output.Written);
    }

    [Fact]
    public void Read_BodyInEveryLayout_GivesTheMessage()
    {
        HEDGWMessage message = Command(new DevIpCamCmd { Type = 3, SrcDeviceId = "a", Msg = "1280x720" });
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message.ToByteArray()))
        {
            Assert.Equal(message.DevIpcamCmd, ControlMessageReader.Read(DevIpCamCmd.Parser, MessageReader.Read(layout)));
        }
    }

    [Theory]
    [InlineData(ProtocolErrorCode.MissingField, new byte[] { 0x08, 0x03 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x12, 0x09 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x08, 0x03, 0x12, 0x00, 0x20, 0x01 })]
    [InlineData(ProtocolErrorCode.UnsupportedGroup, new byte[] { 0x08, 0x03, 0x12, 0x00, 0x3B, 0x3C })]
    public void Read_MalformedBody_IsNamed(ProtocolErrorCode code, byte[] body)
    {
        byte[] message = [0x08, 0x07, 0x42, (byte)body.Length, .. body];
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message))
        {
            ProtocolException error =
                Assert.Throws<ProtocolException>(() => ControlMessageReader.Read(DevIpCamCmd.Parser, MessageReader.Read(layout)));

            Assert.Equal(code, error.Code);
            Assert.Equal(MessageType.DevIpCamCmd, error.MessageType);
            Assert.Equal(message.Length, error.PacketLength);
        }
    }

    [Fact]
    public void Read_UnknownFields_AreCounted()
    {
        byte[] message = [0x08, 0x07, 0x42, 9, 0x08, 0x03, 0x12, 0x00, 0x3A, 0x00, 0xF8, 0x01, 0x05];

        DevIpCamCmd command =
            ControlMessageReader.Read(DevIpCamCmd.Parser, MessageReader.Read(new ReadOnlySequence<byte>(message)), out int unknownFields);

        Assert.Equal(3u, command.Type);
        Assert.Equal(2, unknownFields);
    }

    private static HEDGWMessage Command(DevIpCamCmd command) =>
        new() { MessageType = HEDGWMessage.Types.MessageType.DevIpCamCmd, DevIpcamCmd = command };
}
