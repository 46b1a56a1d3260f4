using Andmu.Hedgw;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using Google.Protobuf;
using MessageType = Andmu.Hedgw.HEDGWMessage.Types.MessageType;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkHostileTests
{
    private const int Hang = 20_000;

    public static TheoryData<string, byte[]> Violations() => new()
    {
        { "no message in the packet", [0, 0, 0, 0] },
        { "longer than any packet may be", [0xFF, 0xFF, 0xFF, 0xFF] },
        { "control packet beyond its limit", [0, 0x20, 0, 0, 0x08, 0x05] },
        { "HTTP instead", "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray() },
        { "body is no protobuf", [0, 0, 0, 4, 0x08, 0x05, 0x32, 0x7F] },
        { "field number 0", [0, 0, 0, 2, 0x00, 0x00] },
        { "type without its body", WirePackets.Frame(new HEDGWMessage { MessageType = MessageType.DevServerCmd }) },
        { "no type", [0, 0, 0, 2, 0x18, 0x01] },
        { "command without a required field", [0, 0, 0, 4, 0x08, 0x06, 0x3A, 0x00] },
        { "talk-back whose size is wrong", WirePackets.Frame(new HEDGWMessage
            {
                MessageType = MessageType.TdmediaPackage,
                TdMediaPackage = new TDMediaPackage { PackageType = 1, Sync = 0, Data = ByteString.CopyFrom(1, 2, 3), DataSize = 99, StartTime = 0, SeqNum = 0 },
            })
        },
    };

    [Theory(Timeout = Hang)]
    [MemberData(nameof(Violations))]
    public async Task Online_Violation_ReconnectsAndGoesOn(string what, byte[] bytes)
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        await first.SendRawAsync(bytes);
        UplinkFault fault = await rig.WaitingAsync();
        Assert.True(fault.Kind == UplinkFaultKind.ProtocolViolation, $"{what}: {fault}");
        FakePlatform second = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        await second.ReceiveMediaAsync(6);
        await first.Connection.Disposed;
    }

    [Theory(Timeout = Hang)]
    [MemberData(nameof(Violations))]
    public async Task Login_ViolationInstead_IsTriedAgain(string what, byte[] bytes)
    {
        await using var rig = new Rig();
        await (await rig.ConnectAsync()).SendRawAsync(bytes);
        UplinkFault fault = await rig.WaitingAsync();
        Assert.True(fault.Kind == UplinkFaultKind.ProtocolViolation, $"{what}: {fault}");
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task Online_TruncatedPacketThenTheEnd_Reconnects()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SendRawAsync([0, 0, 0, 100, 0x08, 0x05]);
        platform.Close();
        Assert.Contains((await rig.WaitingAsync()).Kind, new[] { UplinkFaultKind.PeerClosed, UplinkFaultKind.ProtocolViolation });
        await rig.GoOnlineAsync();
    }

    /// <summary>Random bytes, cut anywhere: no fault but those that are meant for it, and the uplink comes back every time.</summary>
    [Fact(Timeout = 3 * Hang)]
    public async Task Online_RandomBytes_AlwaysComesBack()
    {
        var random = new Random(7);
        await using var rig = new Rig();
        for (int round = 0; round < 300; round++)
        {
            FakePlatform platform = await rig.GoOnlineAsync();
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0)
            {
                new byte[] { 0, 0, 0, (byte)random.Next(1, 100), 0x08, (byte)random.Next(1, 11) }.CopyTo(bytes.Length < 6 ? bytes = new byte[6] : bytes, 0);
            }

            await platform.SendRawAsync(bytes);
            platform.Close();
            UplinkFault fault = await rig.WaitingAsync();
            Assert.Contains(fault.Kind, new[] { UplinkFaultKind.PeerClosed, UplinkFaultKind.ProtocolViolation });
        }

        Assert.DoesNotContain(rig.Log.Lines, line => line.Contains("please report", StringComparison.Ordinal));
    }

    [Fact(Timeout = Hang)]
    public async Task Limits_OfTheOptions_AreKept()
    {
        await using var rig = new Rig(o => o with { Limits = new PacketLimits { MaxControlPacketBytes = 200 } });
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.AppCommandAsync(33, "app", message: new string('x', 100));
        await platform.RoundTripAsync();
        await platform.AppCommandAsync(33, "app", message: new string('x', 200));
        Assert.Equal(UplinkFaultKind.ProtocolViolation, (await rig.WaitingAsync()).Kind);
    }

    [Fact(Timeout = Hang)]
    public async Task UnexpectedMessageFlood_DoesNotFloodTheLog()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        byte[] one = WirePackets.Frame(FakePlatform.LoginAnswer());
        await platform.SendRawAsync([.. Enumerable.Repeat(one, 1000).SelectMany(b => b)]);
        for (int i = 0; i < 200; i++)
        {
            await platform.AppCommandAsync(8, $"viewer {i}");
        }

        await platform.RoundTripAsync();
        Assert.InRange(rig.Log.Lines.Length, 1, 30);
    }
}
