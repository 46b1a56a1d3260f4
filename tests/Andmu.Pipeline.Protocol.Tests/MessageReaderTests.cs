using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Tests.Support;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class MessageReaderTests
{
    private static readonly byte[] PingBody = [0x08, 0x07];

    [Theory]
    [InlineData(MessageType.DevLoginReq, 2)]
    [InlineData(MessageType.DevLoginResp, 3)]
    [InlineData(MessageType.DevEventCmd, 5)]
    [InlineData(MessageType.DevServerCmd, 6)]
    [InlineData(MessageType.DevAppCmd, 7)]
    [InlineData(MessageType.DevIpCamCmd, 8)]
    [InlineData(MessageType.Ping, 9)]
    [InlineData(MessageType.Pong, 10)]
    [InlineData(MessageType.MediaPackage, 11)]
    public void Read_EveryTypeInEveryLayout_FindsItsBody(MessageType type, int field)
    {
        byte[] message = [0x08, (byte)type, (byte)((field << 3) | 2), 2, .. PingBody];
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message))
        {
            InboundMessage read = MessageReader.Read(layout);

            Assert.Equal(type, read.Type);
            Assert.True(read.IsKnownType);
            Assert.Equal(PingBody, read.Body.ToArray());
            Assert.Equal(4 + 4, read.BodyOffset);
            Assert.Equal(6, read.PacketLength);
            Assert.Equal(0, read.UnknownFields);
        }
    }

    [Fact]
    public void Read_BodyBeforeTheType_IsTheSame()
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of([0x4A, 2, .. PingBody, 0x08, 0x08]))
        {
            InboundMessage read = MessageReader.Read(layout);

            Assert.Equal(MessageType.Ping, read.Type);
            Assert.Equal(PingBody, read.Body.ToArray());
            Assert.Equal(4 + 2, read.BodyOffset);
        }
    }

    [Fact]
    public void Read_UnknownFieldsOfEveryWireType_AreSkippedAndCounted()
    {
        byte[] message =
        [
            0x20, 0xFF, 0x01,                        // field 4, which the schema leaves free: varint
            0x08, 0x08,
            0x61, 1, 2, 3, 4, 5, 6, 7, 8,            // field 12: eight bytes
            0x4A, 2, .. PingBody,
            0xFA, 0xFF, 0xFF, 0xFF, 0x0F, 2, 9, 9,   // field 536870911, the highest: bytes
            0x65, 1, 2, 3, 4,                        // field 12: four bytes
        ];
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message))
        {
            InboundMessage read = MessageReader.Read(layout);

            Assert.Equal(4, read.UnknownFields);
            Assert.Equal(PingBody, read.Body.ToArray());
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0x0B }, 11)]
    [InlineData(new byte[] { 0x08, 0x00 }, 0)]
    [InlineData(new byte[] { 0x08, 0x03, 0x62, 0x01, 0xFF }, 3)]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, -1)]
    public void Read_TypeOfANewerPeer_IsReportedAndNotRefused(byte[] message, int type)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message))
        {
            InboundMessage read = MessageReader.Read(layout);

            Assert.False(read.IsKnownType);
            Assert.Equal((MessageType)type, read.Type);
            Assert.True(read.Body.IsEmpty);
            Assert.Equal((HEDGWMessage.Types.MessageType)type, HEDGWMessage.Parser.ParseFrom(message).MessageType);
        }
    }

    [Theory]
    [InlineData(ProtocolErrorCode.MissingMessageType, new byte[] { })]
    [InlineData(ProtocolErrorCode.MissingMessageType, new byte[] { 0x4A, 2, 8, 7 })]
    [InlineData(ProtocolErrorCode.MissingBody, new byte[] { 0x08, 0x08 })]
    [InlineData(ProtocolErrorCode.MissingBody, new byte[] { 0x08, 0x08, 0x52, 2, 8, 7 })]
    [InlineData(ProtocolErrorCode.RepeatedMessageType, new byte[] { 0x08, 0x0A, 0x08, 0x08, 0x4A, 2, 8, 7 })]
    [InlineData(ProtocolErrorCode.SeveralBodies, new byte[] { 0x08, 0x08, 0x4A, 2, 8, 7, 0x4A, 2, 8, 7 })]
    [InlineData(ProtocolErrorCode.SeveralBodies, new byte[] { 0x08, 0x08, 0x4A, 2, 8, 7, 0x52, 2, 8, 7 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x0A, 0x01, 0x08 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x08, 0x08, 0x48, 0x07 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x08, 0x08, 0x5B })]
    [InlineData(ProtocolErrorCode.UnsupportedGroup, new byte[] { 0x08, 0x08, 0x63, 0x64 })]
    [InlineData(ProtocolErrorCode.UnsupportedGroup, new byte[] { 0x08, 0x08, 0x64 })]
    [InlineData(ProtocolErrorCode.InvalidWireType, new byte[] { 0x08, 0x08, 0x66 })]
    [InlineData(ProtocolErrorCode.InvalidWireType, new byte[] { 0x08, 0x08, 0x67 })]
    [InlineData(ProtocolErrorCode.InvalidTag, new byte[] { 0x00, 0x08 })]
    [InlineData(ProtocolErrorCode.InvalidTag, new byte[] { 0x02, 0x00 })]
    [InlineData(ProtocolErrorCode.InvalidTag, new byte[] { 0x88, 0x80, 0x80, 0x80, 0x10, 0x08 })]
    [InlineData(ProtocolErrorCode.MalformedVarint, new byte[] { 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData(ProtocolErrorCode.InvalidLength, new byte[] { 0x08, 0x08, 0x4A, 0x80, 0x80, 0x80, 0x80, 0x08 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x88 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x88 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x08, 0x4A })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x08, 0x4A, 3, 8, 7 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x08, 0x4A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 8 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x08, 0x61, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x08, 0x08, 0x65, 1, 2, 3 })]
    public void Read_MalformedEnvelope_IsNamed(ProtocolErrorCode code, byte[] message)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message))
        {
            ProtocolException error = Assert.Throws<ProtocolException>(() => MessageReader.Read(layout));

            Assert.Equal(code, error.Code);
            Assert.Equal(message.Length, error.PacketLength);
            Assert.InRange(error.Offset!.Value, 4, 4 + message.Length);
        }
    }

    [Fact]
    public void Read_EveryBeginningOfAMessage_IsRefused()
    {
        byte[] message = Reference.Ping(300).ToByteArray();
        for (int length = 0; length < message.Length; length++)
        {
            foreach (ReadOnlySequence<byte> layout in Layouts.Of(message[..length]))
            {
                Assert.Throws<ProtocolException>(() => MessageReader.Read(layout));
            }
        }
    }
}
