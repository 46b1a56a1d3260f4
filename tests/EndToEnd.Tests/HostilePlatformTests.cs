using System.Buffers.Binary;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>A platform that misbehaves, over real TLS: each fault has its name, the uplink comes back, and memory stays within bounds.</summary>
public sealed class HostilePlatformTests
{
    private const long MemorySlack = 32 * 1024 * 1024;

    public static TheoryData<string, byte[]> BadPackets() => new()
    {
        { "zero length", Packet(0) },
        { "4 GiB", Packet(uint.MaxValue) },
        { "just over the media limit", Packet((16 * 1024 * 1024) + 1) },
        { "over the control limit and no media", Packet(2 * 1024 * 1024, 0x08, 0x07) },
        { "garbage", [.. Enumerable.Range(0, 4096).Select(i => (byte)((i * 197) + 13))] },
        { "message without a type", Packet(2, 0x10, 0x01) },
        { "truncated varint", Packet(3, 0x08, 0x08, 0x80) },
        { "ping without a body", Packet(2, 0x08, 0x08) },
        { "media whose data_size lies", Packet(18, 0x08, 0x0A, 0x5A, 0x0E, 0x08, 1, 0x10, 0, 0x1A, 2, 1, 2, 0x20, 9, 0x28, 0, 0x30, 0) },
        { "HTTP", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(BadPackets))]
    public async Task BadPacket_IsNamedAndTheUplinkComesBack(string what, byte[] bytes)
    {
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        await using UplinkSession uplink = platform.NewUplink(new MediaBuffer());
        var watch = new UplinkWatch(uplink);
        uplink.Start();
        await watch.UntilAsync(UplinkState.Online);
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await SendAsync(platform.Device, bytes);

        UplinkStateChange change = await watch.UntilAsync(UplinkState.Waiting);
        Assert.True(change.Fault?.Kind == UplinkFaultKind.ProtocolViolation, $"{what}: {change.Fault}");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < MemorySlack, $"{what}: memory was taken for what a length field said.");
        await watch.UntilAsync(UplinkState.Online);
    }

    [Fact]
    public async Task PacketThatIsNeverFinished_IsFoundOutByTheHeartbeat()
    {
        using var time = new ScaledTimeProvider(20);
        await using LocalPlatform platform = await LocalPlatform.StartAsync(time: time, pingSpan: TimeSpan.FromSeconds(5));
        platform.Server.Faults.IgnorePings = true;
        await using UplinkSession uplink = platform.NewUplink(new MediaBuffer(timeProvider: time));
        var watch = new UplinkWatch(uplink);
        uplink.Start();
        await watch.UntilAsync(UplinkState.Online);
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);

        await SendAsync(platform.Device, Packet(100, 0x08));

        UplinkStateChange change = await watch.UntilAsync(UplinkState.Waiting);
        Assert.Equal(UplinkFaultKind.PeerSilent, change.Fault?.Kind);
    }

    [Fact]
    public async Task WrongSecret_EndsAfterOneMoreTry()
    {
        using var time = new ScaledTimeProvider(20);
        await using LocalPlatform platform = await LocalPlatform.StartAsync(time: time);
        await using UplinkSession uplink = platform.NewUplink(new MediaBuffer(timeProvider: time), accessSecret: "wrong");
        uplink.Start();

        UplinkFault fault = await uplink.Completion;

        Assert.Equal(UplinkFaultKind.LoginRefused, fault.Kind);
        Assert.Equal(2001, fault.Code);
    }

    [Fact]
    public async Task UntrustedPlatform_IsNotSpokenTo()
    {
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        await using UplinkSession uplink = platform.NewUplink(new MediaBuffer(), new TlsConnectorOptions()); // the system's roots do not know it
        var watch = new UplinkWatch(uplink);
        uplink.Start();

        UplinkStateChange change = await watch.UntilAsync(UplinkState.Waiting);

        Assert.Equal(UplinkFaultKind.PeerNotVerified, change.Fault?.Kind);
        Assert.Empty(platform.Server.Devices);
    }

    private static async Task SendAsync(DeviceSession device, byte[] bytes)
    {
        try
        {
            await device.SendRawAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The device has hung up before the platform could look back: as it should.
        }
    }

    private static byte[] Packet(uint length, params byte[] message)
    {
        byte[] packet = new byte[sizeof(uint) + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(packet, length);
        message.CopyTo(packet, sizeof(uint));
        return packet;
    }
}
