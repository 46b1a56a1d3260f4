using System.Buffers.Binary;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Google.Protobuf;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Tests.Hedgw;

public sealed class HostilePacketTests
{
    [Theory]
    [InlineData("00000000", "EmptyPacket")]
    [InlineData("FFFFFFFF", "PacketTooLong")]
    [InlineData("80000000", "PacketTooLong")]
    [InlineData("00100001", "PacketTooLong")]
    [InlineData("00000003FFFFFF", "MalformedPacket")]
    [InlineData("000000020808", "LoginExpected")]
    [InlineData("0000000208FF", "MalformedPacket")]
    public async Task FirstPacket_Hostile_ClosesThisConnectionWithItsReason(string hex, string reason)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice bystander = await RawDevice.LogInAsync(gateway);
        using RawDevice hostile = await RawDevice.ConnectAsync(gateway);

        await hostile.SendAsync(Convert.FromHexString(hex));

        Assert.StartsWith(reason, (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
        await bystander.SyncAsync();
    }

    [Fact]
    public async Task FirstPacket_CutShort_IsTruncated()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using (RawDevice device = await RawDevice.ConnectAsync(gateway))
        {
            await device.SendAsync([0, 0, 1, 0, 8, 1]);
        }

        Assert.StartsWith("TruncatedPacket", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstPacket_Media_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.ConnectAsync(gateway);

        await device.SendAsync(RawDevice.Media(2, [0, 0, 0, 1, 0x65], 0, 0, key: true));

        Assert.StartsWith("LoginExpected", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(99)]
    public async Task LaterPacket_OfWrongTypeOrWithoutBody_Closes(int type)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(new HEDGWMessage { MessageType = (MessageType)type });

        Assert.StartsWith("UnexpectedMessage", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LaterPacket_ControlAboveItsLimit_Closes()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { MaxControlPacketBytes = 4096 });
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(new HEDGWMessage
        {
            MessageType = MessageType.DevIpCamCmd,
            DevIpcamCmd = new DevIpCamCmd { Type = 2, SrcDeviceId = "1", Msg = new string('x', 5000) },
        });

        Assert.StartsWith("PacketTooLong", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LaterPacket_MediaUpToItsLimit_IsTaken()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(RawDevice.Media(2, new byte[(16 * 1024 * 1024) - 64], 0, 0));
        await device.SyncAsync();

        Assert.Equal((16 * 1024 * 1024) - 64, Assert.Single(gateway.Server.Devices).Counters.MediaBytes);
    }

    [Fact]
    public async Task LaterPacket_WithUnknownPackageType_Closes()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);

        await device.SendAsync(RawDevice.Media(4, [1], 0, 0));

        Assert.StartsWith("UnknownPackageType", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LaterPacket_WithUnknownFields_IsTaken()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        byte[] ping = new HEDGWMessage { MessageType = MessageType.Ping, Ping = new Ping { Id = 5 } }.ToByteArray();
        // Field 100 as a varint and field 101 as bytes.
        byte[] unknown = [0xA0, 0x06, 0x01, 0xAA, 0x06, 0x03, 1, 2, 3];
        byte[] packet = [0, 0, 0, (byte)(ping.Length + unknown.Length), .. ping, .. unknown];

        await device.SendAsync(packet);

        Assert.Equal(5u, (await device.ReceiveAsync())!.Pong.Id);
    }

    [Fact]
    public async Task Packets_AByteAtATimeAndManyAtOnce_AreTheSame()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.ConnectAsync(gateway);
        foreach (byte single in RawDevice.Frame(RawDevice.LoginPacket(RawDevice.Login())))
        {
            await device.SendAsync([single]);
        }

        Assert.Equal(0u, (await device.ReceiveAsync())!.DevLoginResp.Result);
        byte[] audio = RawDevice.Frame(RawDevice.Media(1, new byte[160], 1, 20));
        await device.SendAsync([.. audio, .. audio, .. audio]);
        await device.SyncAsync();
        Assert.Equal(3, Assert.Single(gateway.Server.Devices).Counters.AudioPackages);
    }

    [Fact]
    public async Task Garbage_OfEveryKind_NeverStopsTheGateway()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        var random = new Random(20260101);
        for (int round = 0; round < 40; round++)
        {
            using RawDevice device = await RawDevice.ConnectAsync(gateway);
            if (round % 2 == 1)
            {
                await device.SendAsync(RawDevice.LoginPacket(RawDevice.Login()));
            }

            byte[] garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            byte[] prefix = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(prefix, garbage.Length);
            await device.SendAsync([.. prefix, .. garbage]);
            Assert.DoesNotContain("ClosedByDevice", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
        }

        using RawDevice good = await RawDevice.LogInAsync(gateway);
        await good.SyncAsync();
    }
}
