using Andmu.Hedgw;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkMediaTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task Media_OnTheWire_InOrderAndComplete()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(3, pictures: 10);
        List<TDMediaPackage> media = await platform.ReceiveMediaAsync(33);
        Pictures.AssertDecodes(media);
        Assert.Equal(Enumerable.Range(0, 30), Pictures.Numbers(media));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (uint)i), media.Where(p => p.PackageType == 2).Select(p => p.SeqNum));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (uint)(i * 40)), media.Where(p => p.PackageType == 2).Select(p => p.StartTime));
        ulong now = (ulong)rig.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.All(media, p => Assert.Equal(now, p.IpcamTime));
        UplinkStatistics statistics = rig.Session.Statistics;
        Assert.Equal(30, statistics.Captured.VideoPackages);
        Assert.Equal(statistics.Captured, statistics.Sent);
        Assert.Equal(default, statistics.Resent);
        Assert.Equal(default, statistics.Dropped);
    }

    [Fact(Timeout = Hang)]
    public async Task Media_SoundAndPictures_AreInterleavedAsCaptured()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1, pictures: 1);
        byte[] pack = Payload.Make([], 7, 320);
        rig.Audio.TryWrite(pack, TimeSpan.FromMilliseconds(20));
        rig.WritePicture();
        List<TDMediaPackage> media = await platform.ReceiveMediaAsync(4);
        Assert.Equal([3u, 2u, 1u, 2u], media.Select(p => p.PackageType));
        Assert.Equal(pack, media[2].Data.ToByteArray());
        Assert.Equal((0u, 0u, 20u), (media[2].Sync, media[2].SeqNum, media[2].StartTime));
    }

    [Fact(Timeout = Hang)]
    public async Task Media_LargerThanABatch_IsNeverCut()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1, pictures: 1, bytes: 200_000); // a key frame of 800 KB
        List<TDMediaPackage> media = await platform.ReceiveMediaAsync(2);
        Assert.Equal([0], Pictures.Numbers(media));
        Assert.Equal(800_000, media[1].Data.Length);
    }

    /// <summary>On a continuous plan nothing that was captured before the first login is given up while the buffer holds it.</summary>
    [Fact(Timeout = Hang)]
    public async Task Media_CapturedBeforeTheFirstLogin_IsSentFromTheOldest()
    {
        await using var rig = new Rig();
        rig.WriteGops(4);
        FakePlatform platform = await rig.GoOnlineAsync();
        List<TDMediaPackage> media = await platform.ReceiveMediaAsync(24);
        Pictures.AssertDecodes(media);
        Assert.Equal(Enumerable.Range(0, 20), Pictures.Numbers(media));
    }

    [Fact(Timeout = Hang)]
    public async Task Congestion_PlatformReadsNothing_WholeGopsAreGivenUpAndEntered()
    {
        await using var rig = new Rig(bufferOptions: new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        rig.Connector.Make = () => new FakeConnection(upBytes: 32 * 1024);
        FakePlatform platform = await rig.GoOnlineAsync();
        for (int i = 0; i < 200; i++)
        {
            rig.Video.TryWrite(i % 5 == 0 ? H264.Key(i, 8000) : H264.Picture(i, 2000), TimeSpan.FromMilliseconds(i * 40)); // 16 KB a GOP
        }

        Task<List<HEDGWMessage>> running = platform.RunAsync();
        Assert.True(await rig.Session.DrainAsync());
        rig.Video.TryWrite(H264.Key(200), TimeSpan.FromSeconds(8)); // whatever waits for a key frame is given up for this one
        Assert.True(await rig.Session.DrainAsync());
        await rig.Session.StopAsync();

        List<TDMediaPackage> media = Pictures.MediaOf(await running);
        UplinkStatistics statistics = rig.Session.Statistics;
        Assert.True(statistics.Dropped.Gops > 10);
        Assert.Equal(201, statistics.Sent.VideoPackages + statistics.Dropped.VideoPackages);
        Assert.Equal(statistics.Sent.VideoPackages, Pictures.Numbers(media).Length);
        AssertGopsEndEarlyButNeverResume(media);
    }

    /// <summary>A source that waits for room goes on when the platform has read, without waiting for the next heartbeat.</summary>
    [Theory(Timeout = Hang)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WriteAsync_AcknowledgementComesLate_GoesOnAtOnce(bool tcpTells)
    {
        await using var rig = new Rig(bufferOptions: new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        FakePlatform platform = await rig.GoOnlineAsync();
        platform.Connection.Acknowledge = tcpTells ? _ => 0 : _ => null; // nothing is confirmed by TCP, or it does not say
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        await WriteAllAsync(rig, 300);
        Assert.True(await rig.Session.DrainAsync());
        await rig.Session.StopAsync();
        List<TDMediaPackage> media = Pictures.MediaOf(await running);
        Pictures.AssertDecodes(media);
        Assert.Equal(Enumerable.Range(0, 300), Pictures.Numbers(media));
        Assert.Equal(0, rig.Buffer.Drops.Count);
    }

    /// <summary>The answer to a Ping that was asked for room proves what lay before it. What was sent since needs another one.</summary>
    [Fact(Timeout = Hang)]
    public async Task WriteAsync_PongProvesTooLittle_AnotherPingAsks()
    {
        await using var rig = new Rig(bufferOptions: new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        FakePlatform platform = await rig.GoOnlineAsync();
        platform.Connection.Acknowledge = _ => 0;
        Task writing = WriteAllAsync(rig, 300);
        uint first = (await platform.SkipToAsync(HEDGWMessage.Types.MessageType.Ping)).Ping.Id;

        long sent = platform.Connection.BytesSent;
        platform.Connection.Acknowledge = _ => sent; // TCP tells of what was sent so far: the source goes on, until the buffer is full again
        await platform.RoundTripAsync();
        while (!rig.Buffer.IsRoomWanted)
        {
            await platform.RoundTripAsync();
        }

        await platform.PongAsync(first);
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        await writing;
        Assert.True(await rig.Session.DrainAsync());
        await rig.Session.StopAsync();
        await running;
        Assert.Equal(0, rig.Buffer.Drops.Count);
    }

    [Fact(Timeout = Hang)]
    public async Task WriteAsync_BeforeTheFirstLogin_LosesNothing()
    {
        await using var rig = new Rig(bufferOptions: new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        Task writing = WriteAllAsync(rig, 300);
        FakePlatform platform = await rig.GoOnlineAsync();
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        await writing;
        Assert.True(await rig.Session.DrainAsync());
        await rig.Session.StopAsync();
        Assert.Equal(Enumerable.Range(0, 300), Pictures.Numbers(Pictures.MediaOf(await running)));
    }

    /// <summary>Nobody is going to read: a source that waits must not wait for ever.</summary>
    [Fact(Timeout = Hang)]
    public async Task WriteAsync_PlanUploadsNothing_GoesOn()
    {
        await using var rig = new Rig(bufferOptions: new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        await rig.GoOnlineAsync(DevicePlan.Expired);
        await WriteAllAsync(rig, 300);
    }

    [Fact(Timeout = Hang)]
    public async Task WriteAsync_UplinkEnded_GoesOn()
    {
        await using var rig = new Rig(bufferOptions: new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        Task writing = WriteAllAsync(rig, 300);
        await (await rig.ConnectAsync()).AnswerLoginAsync(2026);
        await writing;
    }

    private static async Task WriteAllAsync(Rig rig, int pictures)
    {
        for (int i = 0; i < pictures; i++)
        {
            byte[] unit = i % 10 == 0 ? H264.Key(i, 4000) : H264.Picture(i, 1000);
            Assert.Equal(WriteResult.Written, await rig.Video.WriteAsync(unit, TimeSpan.FromMilliseconds(i * 40), rig.Time.GetUtcNow()));
        }
    }

    private static void AssertGopsEndEarlyButNeverResume(List<TDMediaPackage> media)
    {
        uint next = 0;
        foreach (TDMediaPackage picture in media.Where(p => p.PackageType == 2))
        {
            Assert.True(picture.SeqNum == next || picture.Sync == 1, $"Picture {picture.SeqNum} goes on after a hole.");
            next = picture.SeqNum + 1;
        }
    }
}
