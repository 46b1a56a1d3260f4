using System.Buffers;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class ProtocolExceptionTests
{
    [Fact]
    public void Message_OfAPacketTooLarge_SaysLengthAndLimit()
    {
        ReadOnlySequence<byte> buffer = new([0x7F, 0xFF, 0xFF, 0xFF]);

        ProtocolException error =
            Assert.Throws<ProtocolException>(() => PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out _));

        Assert.Equal(
            "PacketTooLarge: the packet is longer than any may be; packet length 2147483647; offset 0; limit 16777216", error.Message);
    }

    [Fact]
    public void Message_OfAMissingBody_SaysTheType()
    {
        ProtocolException error =
            Assert.Throws<ProtocolException>(() => MessageReader.Read(new ReadOnlySequence<byte>([0x08, 0x08])));

        Assert.Equal(MessageType.Ping, error.MessageType);
        Assert.Null(error.Limit);
        Assert.Equal(
            "MissingBody: the message that message_type names is absent; message type Ping; packet length 2; offset 6", error.Message);
    }

    [Fact]
    public void Offset_OfABodyReadAlone_CountsFromItsFirstByte()
    {
        ProtocolException error =
            Assert.Throws<ProtocolException>(() => MediaPackageReader.Read(new ReadOnlySequence<byte>([0x08, 0x01, 0x0D])));

        Assert.Equal(ProtocolErrorCode.WrongWireType, error.Code);
        Assert.Null(error.PacketLength);
        Assert.Equal(3, error.Offset);
    }
}
