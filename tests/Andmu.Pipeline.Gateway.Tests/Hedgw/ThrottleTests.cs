using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.Hedgw;

/// <summary>Slow and stalled reads of real connections; the clock alone is virtual.</summary>
public sealed class ThrottleTests
{
    private const int PackBytes = 5000;

    // What a device's own kernel keeps, and what DeviceSession.ThrottleBytesPerSecond says of the platform's side.
    private const int MostUnderWay = 64 * 1024 + 256 * 1024;

    [Fact]
    public async Task Throttle_OneDevice_IsReadNoFasterAndFeelsIt()
    {
        const int Rate = 100_000;
        const int Packs = 400; // 2 MB: 20 s
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        device.Socket.SendBufferSize = 16 * 1024;
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        session.ThrottleBytesPerSecond = Rate;
        DateTimeOffset start = time.GetUtcNow();

        long sent = 0;
        long mostUnderWay = 0;
        Task sending = Task.Run(async () =>
        {
            for (uint i = 0; i < Packs; i++)
            {
                byte[] packet = RawDevice.Frame(RawDevice.Media(1, new byte[PackBytes], i, i * 40));
                await device.SendAsync(packet);
                sent += packet.Length;
                mostUnderWay = Math.Max(mostUnderWay, sent - session.Counters.Bytes);
            }

            await device.SyncAsync();
        });
        await ElapseAsync(time, session, sending);
        Assert.InRange(mostUnderWay, 1, MostUnderWay);
        Assert.InRange((time.GetUtcNow() - start).TotalSeconds, 19, 21);
        Assert.Equal(Packs, session.Counters.AudioPackages);
        Assert.Equal(0, session.Audit.LatePings); // the one ping came after 20 s, but it was the platform that did not read
    }

    [Fact]
    public async Task Throttle_ForAll_HoldsForThoseThereAndThoseToComeAndIsLifted()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = new FakeTimeProvider() });
        using RawDevice there = await RawDevice.LogInAsync(gateway);
        gateway.Server.Faults.ThrottleBytesPerSecond = 1;
        using RawDevice toCome = await RawDevice.LogInAsync(gateway, RawDevice.Login(mac: "2059a074e0bd"));
        RawDevice[] devices = [there, toCome];

        // On a clock that stands still the first read is the last.
        Task[] sending = [.. devices.Select(device => Task.Run(async () =>
        {
            for (uint i = 0; i < 400; i++)
            {
                await device.SendAsync(RawDevice.Media(1, new byte[PackBytes], i, i * 40));
            }

            await device.SyncAsync();
        }))];
        Assert.All(gateway.Server.Devices, session => Assert.InRange(session.Counters.AudioPackages, 0, 100));
        Assert.DoesNotContain(sending, task => task.IsCompleted);

        gateway.Server.Faults.ThrottleBytesPerSecond = null;
        await Task.WhenAll(sending);
        Assert.All(gateway.Server.Devices, session => Assert.Equal(400, session.Counters.AudioPackages));
    }

    [Fact]
    public async Task Throttle_PacketOfMinutes_IsNoDeadDeviceButASilentOneIs()
    {
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        session.ThrottleBytesPerSecond = 1000;

        // 300 s for one packet, ten times what a device may be silent.
        Task sending = Task.Run(async () =>
        {
            await device.SendAsync(RawDevice.Media(2, new byte[300_000], 0, 0, key: true));
            await device.SyncAsync();
        });
        await ElapseAsync(time, session, sending);
        Assert.Equal(1, session.Counters.VideoPackages);
        for (int i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.StartsWith("HeartbeatTimeout", (await gateway.NextAsync(GatewayNoticeKind.Disconnected)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StallReadsFor_AllDevices_EndsByItselfAndBlamesNobody()
    {
        var time = new FakeTimeProvider();
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);
        long held = session.Reads.Holds.Count;
        gateway.Server.Faults.StallReadsFor(TimeSpan.FromMinutes(2));
        Assert.Equal("for 120 s", (await gateway.NextAsync(GatewayNoticeKind.ReadsStalled)).Text);
        await device.UntilHeldAsync(session, held);

        Task late = device.SyncAsync();
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(late.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        await gateway.NextAsync(GatewayNoticeKind.ReadsResumed);
        await late;
        Assert.Equal((1, 0), (session.Counters.Pings, session.Audit.LatePings));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Throttle_OfNothing_IsRefused(long rate)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using RawDevice device = await RawDevice.LogInAsync(gateway);
        DeviceSession session = Assert.Single(gateway.Server.Devices);

        Assert.Throws<ArgumentOutOfRangeException>(() => gateway.Server.Faults.ThrottleBytesPerSecond = rate);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.ThrottleBytesPerSecond = rate);
        Assert.Throws<ArgumentOutOfRangeException>(() => gateway.Server.Faults.StallReadsFor(TimeSpan.FromSeconds(rate)));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.StallReadsFor(TimeSpan.FromDays(25)));
    }

    // Time goes on only while the gateway waits for it with its timer running, so that it never runs ahead of what is sent,
    // however long a thread of the gateway or of the device has to wait for a processor.
    private static async Task ElapseAsync(FakeTimeProvider time, DeviceSession session, Task until)
    {
        while (!until.IsCompleted)
        {
            if (session.Reads.Holds.Now)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
            }

            await Task.Yield();
        }

        await until;
    }
}
