using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class RtpHeaderTests
{
    private static readonly byte[] Audio = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(8, 0, -1, 0)]
    [InlineData(0, 0, -1, 0)]
    [InlineData(0x88, 0, -1, 0)] // with the marker
    [InlineData(8, 3, -1, 0)]
    [InlineData(8, 15, 4, 7)]
    [InlineData(8, 0, 0, 1)]
    public void TryRead_AllPartsThatAHeaderMayHave_FindsTheAudio(int payloadType, int sources, int extension, int padding)
    {
        byte[] packet = RtpPacket.Of(0xFFFE, Audio, payloadType, 7, sources, extension, padding);

        Assert.True(RtpHeader.TryRead(packet, out RtpHeader header));

        Assert.Equal((0xFFFE, 7u), (header.Sequence, header.Source));
        Assert.Equal(Audio, packet[header.Length..^header.Padding]);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(96)]
    public void TryRead_OtherPayload_IsNone(int payloadType) => Assert.False(RtpHeader.TryRead(RtpPacket.Of(1, Audio, payloadType), out _));

    [Fact]
    public void TryRead_CutAnywhere_IsNoneOrHasAudio()
    {
        byte[] packet = RtpPacket.Of(1, Audio, sources: 2, extension: 1, padding: 0);

        for (int length = 0; length < packet.Length; length++)
        {
            bool isRtp = RtpHeader.TryRead(packet.AsSpan(0, length), out RtpHeader header);
            Assert.Equal(length > packet.Length - Audio.Length, isRtp);
            Assert.True(!isRtp || header.Length < length);
        }
    }

    [Fact]
    public void TryRead_Garbage_NeverPointsOutside()
    {
        var random = new Random(3);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] packet = new byte[random.Next(0, 64)];
            random.NextBytes(packet);
            if (packet.Length > 1)
            {
                packet[0] = (byte)(0x80 | (packet[0] & 0x3F));
                packet[1] = 8;
            }

            if (RtpHeader.TryRead(packet, out RtpHeader header))
            {
                Assert.InRange(packet.Length - header.Length - header.Padding, 1, packet.Length - 12);
            }
        }
    }
}
