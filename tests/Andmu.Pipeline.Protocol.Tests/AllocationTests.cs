using System.Buffers;
using Andmu.Pipeline.Protocol.Tests.Support;

namespace Andmu.Pipeline.Protocol.Tests;

/// <summary>No packet of the steady state takes memory: not one byte in ten thousand of them.</summary>
public sealed class AllocationTests
{
    private const int Operations = 10_000;

    private static readonly MediaPackageHeader Header = new(PackageType.Video, true, 40, 7, 1_700_000_000_000, 1);

    [Fact]
    public void Write_MediaPingPong_AllocatesNothing()
    {
        ArrayBufferWriter<byte> output = new(64 * 1024);
        byte[] payload = new byte[16 * 1024];

        AssertAllocatesNothing(() =>
        {
            output.ResetWrittenCount();
            MediaPackageWriter.Write(output, Header, payload);
            HeartbeatPacket.WritePing(output, 7);
            HeartbeatPacket.WritePong(output, 7);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_MediaPingPong_AllocatesNothing(bool byteAtATime)
    {
        byte[] bytes =
        [
            .. Reference.Packet(Reference.Message(Header, new byte[500])),
            .. Reference.Packet(Reference.Ping(300)),
            .. Reference.Packet(Reference.Pong(300)),
        ];
        ReadOnlySequence<byte> stream = byteAtATime ? Layouts.ByteAtATime(bytes) : new ReadOnlySequence<byte>(bytes);
        PacketLimits limits = new() { MaxControlPacketBytes = 100 };

        AssertAllocatesNothing(() =>
        {
            ReadOnlySequence<byte> buffer = stream;
            int packets = 0;
            while (PacketReader.TryReadPacket(ref buffer, limits, out ReadOnlySequence<byte> packet))
            {
                InboundMessage message = MessageReader.Read(packet);
                packets += message.Type == MessageType.MediaPackage
                    ? MediaPackageReader.Read(message).Data.IsEmpty ? 0 : 1
                    : HeartbeatPacket.ReadId(message) == 300 ? 1 : 0;
            }

            if (packets != 3)
            {
                throw new InvalidOperationException("not all was read");
            }
        });
    }

    private static void AssertAllocatesNothing(Action operation)
    {
        for (int i = 0; i < 100; i++)
        {
            operation();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Operations; i++)
        {
            operation();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
