using System.Buffers;
using System.Buffers.Binary;
using Andmu.Pipeline.Protocol.Tests.Support;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class PacketReaderTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void TryReadPacket_TwoPacketsInEveryLayout_CutsBoth()
    {
        byte[] ping = Reference.Packet(Reference.Ping(7));
        byte[] pong = Reference.Packet(Reference.Pong(70_000));
        foreach (ReadOnlySequence<byte> layout in Layouts.Of([.. ping, .. pong]))
        {
            ReadOnlySequence<byte> buffer = layout;
            Assert.True(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> first));
            Assert.True(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> second));
            Assert.False(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out ReadOnlySequence<byte> third));

            Assert.Equal(ping[4..], first.ToArray());
            Assert.Equal(pong[4..], second.ToArray());
            Assert.True(third.IsEmpty);
            Assert.True(buffer.IsEmpty);
        }
    }

    [Fact]
    public void TryReadPacket_EveryBeginningOfAPacket_WaitsAndLeavesTheBuffer()
    {
        byte[] packet = Reference.Packet(Reference.Ping(uint.MaxValue));
        for (int length = 0; length < packet.Length; length++)
        {
            foreach (ReadOnlySequence<byte> layout in Layouts.Of(packet[..length]))
            {
                ReadOnlySequence<byte> buffer = layout;

                Assert.False(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out _));
                Assert.Equal(length, buffer.Length);
            }
        }
    }

    [Theory]
    [InlineData(0u, ProtocolErrorCode.EmptyPacket)]
    [InlineData((16u * MiB) + 1, ProtocolErrorCode.PacketTooLarge)]
    [InlineData((uint)int.MaxValue, ProtocolErrorCode.PacketTooLarge)]
    [InlineData(0x8000_0000u, ProtocolErrorCode.PacketTooLarge)]
    [InlineData(uint.MaxValue, ProtocolErrorCode.PacketTooLarge)]
    public void TryReadPacket_LengthAloneIsOutOfBounds_RefusesOnItsFourBytes(uint length, ProtocolErrorCode code)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(Prefix(length)))
        {
            ProtocolException error = Refused(layout, PacketLimits.Default);

            Assert.Equal(code, error.Code);
            Assert.Equal(length, error.PacketLength);
        }
    }

    [Fact]
    public void TryReadPacket_LengthAtTheMediaLimit_Waits()
    {
        ReadOnlySequence<byte> buffer = new([.. Prefix(16 * MiB), 0x08, 0x0A, 0xFF]);

        Assert.False(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out _));
    }

    [Theory]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x08, 0x08 })]
    [InlineData(new byte[] { 0x08, 0x8A, 0x00 })]
    public void TryReadPacket_AboveTheControlLimitAndNotMedia_RefusesOnTheFirstBytes(byte[] start)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of([.. Prefix(MiB + 1), .. start]))
        {
            ProtocolException error = Refused(layout, PacketLimits.Default);

            Assert.Equal(ProtocolErrorCode.ControlPacketTooLarge, error.Code);
            Assert.Equal(MiB + 1, error.PacketLength);
            Assert.Equal(MiB, error.Limit);
        }
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x08, 0x0A })]
    [InlineData(new byte[] { 0x08, 0x0A, 0x08 })]
    public void TryReadPacket_AboveTheControlLimitAndPerhapsMedia_Waits(byte[] start)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of([.. Prefix(MiB + 1), .. start]))
        {
            ReadOnlySequence<byte> buffer = layout;

            Assert.False(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out _));
        }
    }

    [Fact]
    public void TryReadPacket_AtTheControlLimitAndNotMedia_Waits()
    {
        ReadOnlySequence<byte> buffer = new([.. Prefix(MiB), 0x08, 0x08]);

        Assert.False(PacketReader.TryReadPacket(ref buffer, PacketLimits.Default, out _));
    }

    [Fact]
    public void TryReadPacket_LimitsOfTheCaller_AreKept()
    {
        PacketLimits limits = new() { MaxMediaPacketBytes = 9, MaxControlPacketBytes = 5 };
        byte[] six = [0, 0, 0, 6, 0x08, 0x08, 0x4A, 0x02, 0x08, 0x07];
        byte[] media = [0, 0, 0, 6, 0x08, 0x0A, 0, 0, 0, 0];

        Assert.Equal(ProtocolErrorCode.ControlPacketTooLarge, Refused(new(six), limits).Code);
        Assert.Equal(ProtocolErrorCode.PacketTooLarge, Refused(new(Prefix(10)), limits).Code);
        ReadOnlySequence<byte> buffer = new(media);
        Assert.True(PacketReader.TryReadPacket(ref buffer, limits, out _));
    }

    private static byte[] Prefix(uint length)
    {
        byte[] prefix = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(prefix, length);
        return prefix;
    }

    private static ProtocolException Refused(ReadOnlySequence<byte> buffer, PacketLimits limits) =>
        Assert.Throws<ProtocolException>(() => PacketReader.TryReadPacket(ref buffer, limits, out _));
}
