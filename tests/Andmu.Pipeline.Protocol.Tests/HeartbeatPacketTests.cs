using System.Buffers;
using Andmu.Pipeline.Protocol.Tests.Support;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class HeartbeatPacketTests
{
    [Fact]
    public void Write_EveryEdgeIntoEveryBlockSize_IsWhatProtobufWrites()
    {
        foreach (uint id in Generators.EdgesOf32)
        {
            for (int blockSize = 1; blockSize <= 20; blockSize++)
            {
                BlockBufferWriter ping = new(blockSize);
                HeartbeatPacket.WritePing(ping, id);
                Assert.Equal(Reference.Packet(Reference.Ping(id)), ping.Written);

                BlockBufferWriter pong = new(blockSize);
                HeartbeatPacket.WritePong(pong, id);
                Assert.Equal(Reference.Packet(Reference.Pong(id)), pong.Written);
            }
        }
    }

    [Fact]
    public void ReadId_EveryEdgeInEveryLayout_GivesTheId()
    {
        foreach (uint id in Generators.EdgesOf32)
        {
            foreach (ReadOnlySequence<byte> layout in Layouts.Of(Reference.Pong(id).ToByteArray()))
            {
                InboundMessage message = MessageReader.Read(layout);

                Assert.Equal(MessageType.Pong, message.Type);
                Assert.Equal(id, HeartbeatPacket.ReadId(message));
                Assert.Equal(id, HeartbeatPacket.ReadId(message.Body));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 9, 0x08, 1, 0x08, 2, 0x1A, 1, 9 }, 2)]
    public void ReadId_UnknownAndRepeatedFields_TheLastIdCounts(byte[] body, uint id) =>
        Assert.Equal(id, HeartbeatPacket.ReadId(new ReadOnlySequence<byte>(body)));

    [Theory]
    [InlineData(ProtocolErrorCode.MissingField, new byte[] { })]
    [InlineData(ProtocolErrorCode.MissingField, new byte[] { 0x10, 1 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x0A, 1, 7 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x80 })]
    public void ReadId_MalformedBody_IsNamed(ProtocolErrorCode code, byte[] body)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(body))
        {
            Assert.Equal(code, Assert.Throws<ProtocolException>(() => HeartbeatPacket.ReadId(layout)).Code);
        }
    }

    [Fact]
    public void ReadId_MessageOfAnotherType_Throws()
    {
        byte[] media = Reference.Message(default, []).ToByteArray();

        Assert.Throws<ArgumentException>(() => HeartbeatPacket.ReadId(MessageReader.Read(new ReadOnlySequence<byte>(media))));
    }
}
