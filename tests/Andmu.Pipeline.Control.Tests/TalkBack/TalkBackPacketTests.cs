using Andmu.Pipeline.Control.TalkBack;
using CsCheck;

namespace Andmu.Pipeline.Control.Tests.TalkBack;

public sealed class TalkBackPacketTests
{
    private static readonly byte[] Sound = [0xD5, 0x55, 0xD4, 0x54];
    private static readonly byte[] Rtp = [0x80, 0x08, 0x12, 0x34, 0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3, 4];

    private static byte[] Header(byte first, params byte[] rest) => [first, .. Rtp.AsSpan(1), .. rest];

    [Theory]
    [InlineData(0x08)]
    [InlineData(0x88)]
    [InlineData(0x00)]
    public void Read_Rtp_HeaderStripped(byte second)
    {
        byte[] data = [0x80, second, .. Rtp.AsSpan(2), .. Sound];

        var packet = TalkBackPacket.Read(data, TalkBackFraming.Auto);

        Assert.Equal(Sound, packet.Payload.ToArray());
        Assert.Equal((ushort)0x1234, packet.Sequence);
        Assert.Equal(0xDEADBEEF, packet.Timestamp);
        Assert.False(packet.IsMalformed);
    }

    [Fact]
    public void Read_SourcesExtensionAndPadding_RealLength()
    {
        byte[] data = Header(0x80 | 0x20 | 0x10 | 2, [.. new byte[8], 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, .. Sound, 0, 0, 3]);

        Assert.Equal(Sound, TalkBackPacket.Read(data, TalkBackFraming.Rtp).Payload.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    public void Read_Sources_AllStripped(int count)
    {
        byte[] data = Header((byte)(0x80 | count), [.. new byte[4 * count], .. Sound]);

        Assert.Equal(Sound, TalkBackPacket.Read(data, TalkBackFraming.Auto).Payload.ToArray());
    }

    [Theory]
    [InlineData(0x40, 0x08)]
    [InlineData(0xC0, 0x08)]
    [InlineData(0x80, 0x09)]
    [InlineData(0x80, 0x48)]
    [InlineData(0xD5, 0xD5)]
    public void Read_OtherBeginning_RawOrMalformed(byte first, byte second) =>
        AssertNoHeader([first, second, .. Rtp.AsSpan(2), .. Sound]);

    public static TheoryData<byte[]> TornHeaders =>
    [
        Array.Empty<byte>(),
        new byte[] { 0x80 },
        Rtp[..11],
        // Fifteen sources, and not one there.
        Header(0x8F),
        // An extension without its length, and one that is longer than the data.
        Header(0x90),
        Header(0x90, 0, 0, 0),
        Header(0x90, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4),
        Header(0x9F, 0, 0, 0, 0),
        // Padding of nothing, and of more than there is.
        Header(0xA0, 1, 2, 0),
        Header(0xA0, 1, 2, 4),
        Header(0xA0, 1, 2, 0xFF),
    ];

    [Theory]
    [MemberData(nameof(TornHeaders))]
    public void Read_TornHeader_RawOrMalformed(byte[] data) => AssertNoHeader(data);

    [Fact]
    public void Read_HeaderAndNothingBehind_EmptyPayload()
    {
        var packet = TalkBackPacket.Read(Rtp, TalkBackFraming.Auto);

        Assert.True(packet.Payload.IsEmpty);
        Assert.NotNull(packet.Sequence);
    }

    [Fact]
    public void Read_ForcedRaw_Untouched()
    {
        byte[] data = [.. Rtp, .. Sound];

        var packet = TalkBackPacket.Read(data, TalkBackFraming.Raw);

        Assert.Equal(data, packet.Payload.ToArray());
        Assert.Null(packet.Sequence);
        Assert.Null(packet.Timestamp);
    }

    [Fact]
    public void Read_AnyBytes_SliceOfThem() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Byte, Gen.Enum<TalkBackFraming>()).Sample(
        (data, first, framing) =>
        {
            if (data.Length > 1)
            {
                data[0] = (byte)(0x80 | first & 0x3F);
                data[1] = 8;
            }

            var packet = TalkBackPacket.Read(data, framing);
            Assert.True(packet.Payload.IsEmpty || data.AsSpan().Overlaps(packet.Payload));
            Assert.Equal(packet.IsMalformed, framing == TalkBackFraming.Rtp && packet.Sequence is null);
        },
        iter: 20_000);

    [Fact]
    public void Read_Any_NoAllocation()
    {
        byte[] data = [.. Rtp, .. Sound];
        int total = 0;
        void ReadAll()
        {
            foreach (TalkBackFraming framing in (ReadOnlySpan<TalkBackFraming>)[TalkBackFraming.Auto, TalkBackFraming.Rtp, TalkBackFraming.Raw])
            {
                total += TalkBackPacket.Read(data, framing).Payload.Length + TalkBackPacket.Read(data.AsSpan(1), framing).Payload.Length;
            }
        }

        Allocations.AssertNone(ReadAll);
        Assert.NotEqual(0, total);
    }

    private static void AssertNoHeader(byte[] data)
    {
        var packet = TalkBackPacket.Read(data, TalkBackFraming.Auto);
        Assert.Equal(data, packet.Payload.ToArray());
        Assert.Null(packet.Sequence);
        Assert.False(packet.IsMalformed);

        var forced = TalkBackPacket.Read(data, TalkBackFraming.Rtp);
        Assert.True(forced.IsMalformed);
        Assert.True(forced.Payload.IsEmpty);
    }
}
