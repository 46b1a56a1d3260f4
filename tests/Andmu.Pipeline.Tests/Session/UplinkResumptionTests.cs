using Andmu.Hedgw;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Tests.Session;

/// <summary>A connection is cut; what may not have arrived is sent again from its key frame.</summary>
public sealed class UplinkResumptionTests
{
    private const int Hang = 20_000;
    private const int Gops = 10;
    private const int PicturesAGop = 10;
    private const int AllPictures = Gops * PicturesAGop;

    /// <summary>Cut after any number of packages: each connection decodes by itself, and together they hold every picture.</summary>
    [Fact(Timeout = 3 * Hang)]
    public async Task Cut_AnywhereInTheStream_NothingIsLost()
    {
        var random = new Random(1);
        for (int round = 0; round < 30; round++)
        {
            int read = random.Next(1, AllPictures + Gops);
            await using var rig = new Rig();
            FakePlatform first = await rig.GoOnlineAsync();
            rig.WriteGops(Gops, PicturesAGop);
            List<TDMediaPackage> before = await first.ReceiveMediaAsync(read);
            first.Break();
            FakePlatform second = await rig.GoOnlineAsync();
            List<TDMediaPackage> after = await DrainAsync(rig, second);

            Pictures.AssertDecodes(before);
            Pictures.AssertDecodes(after);
            Assert.Equal(Enumerable.Range(0, AllPictures), Pictures.Numbers(before).Union(Pictures.Numbers(after)).Order());
            AssertSentAgainUnchanged(before, after);
        }
    }

    /// <summary>What a Pong has proved to be read is not sent again, but for the GOP that the proof ends in.</summary>
    [Fact(Timeout = Hang)]
    public async Task Cut_AfterAProof_ResumesAtTheKeyFrameOfWhatIsOpen()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        rig.WriteGops(2, PicturesAGop);
        rig.WriteGops(1, pictures: 4);
        await first.ReceiveMediaAsync(2 * (PicturesAGop + 1) + 5);
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await first.PongAsync((await first.ExpectAsync(MessageType.Ping)).Ping.Id);
        await first.RoundTripAsync();
        rig.WritePicture();
        await first.ReceiveMediaAsync(1);
        first.Break();
        List<TDMediaPackage> after = await DrainAsync(rig, await rig.GoOnlineAsync());
        Assert.Equal([20, 21, 22, 23, 24], Pictures.Numbers(after));
        Assert.Equal(5, rig.Session.Statistics.Resent.VideoPackages);
    }

    /// <summary>TCP's word counts after the replay window: the platform may have died before it read what its TCP had confirmed.</summary>
    [Theory(Timeout = Hang)]
    [InlineData(1.9, 0)]
    [InlineData(2.1, 20)]
    public async Task Cut_ConfirmedByTcpOnly_TheReplayWindowIsSentAgain(double seconds, int from)
    {
        await using var rig = new Rig();
        rig.Connector.Make = () => new FakeConnection { Acknowledge = sent => sent };
        FakePlatform first = await rig.GoOnlineAsync();
        rig.WriteGops(2, PicturesAGop);
        await first.ReceiveMediaAsync(2 * (PicturesAGop + 1));
        await first.RoundTripAsync(); // the flush is over
        rig.Time.Advance(TimeSpan.FromSeconds(seconds));
        rig.WriteGops(1, PicturesAGop);
        await first.ReceiveMediaAsync(PicturesAGop + 1);
        first.Break();
        List<TDMediaPackage> after = await DrainAsync(rig, await rig.GoOnlineAsync());
        Assert.Equal(Enumerable.Range(from, 30 - from), Pictures.Numbers(after));
    }

    /// <summary>A platform that hangs while its kernel goes on confirming: only what a Pong has proved counts.</summary>
    [Fact(Timeout = Hang)]
    public async Task Cut_PlatformHung_ResumesFromTheLastProof()
    {
        await using var rig = new Rig();
        rig.Connector.Make = () => new FakeConnection { Acknowledge = sent => sent };
        FakePlatform first = await rig.GoOnlineAsync(pingSpan: 10);
        rig.WriteGops(1, PicturesAGop);
        await first.ReceiveMediaAsync(PicturesAGop + 1);
        await first.RoundTripAsync();
        for (int i = 0; i < 3; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10)); // long beyond the replay window
        }

        Assert.Equal(UplinkFaultKind.PeerSilent, (await rig.WaitingAsync()).Kind);
        List<TDMediaPackage> after = await DrainAsync(rig, await rig.GoOnlineAsync());
        Assert.Equal(Enumerable.Range(0, PicturesAGop), Pictures.Numbers(after));
    }

    /// <summary>Cut again and again before anything is proved: the place to resume from is not forgotten.</summary>
    [Fact(Timeout = Hang)]
    public async Task Cut_SeveralTimesInARow_NothingIsLost()
    {
        await using var rig = new Rig();
        rig.WriteGops(2, PicturesAGop);
        for (int i = 0; i < 5; i++)
        {
            FakePlatform platform = await rig.GoOnlineAsync();
            await platform.ReceiveMediaAsync(i + 1);
            platform.Break();
        }

        (await rig.ConnectAsync()).Break(); // and once before the login
        List<TDMediaPackage> after = await DrainAsync(rig, await rig.GoOnlineAsync());
        Assert.Equal(Enumerable.Range(0, 2 * PicturesAGop), Pictures.Numbers(after));
    }

    [Fact(Timeout = Hang)]
    public async Task Offline_BufferHoldsAll_SendsWhatWasCapturedMeanwhile()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        rig.WriteGops(1, PicturesAGop);
        await first.ReceiveMediaAsync(PicturesAGop + 1);
        first.Break();
        FakePlatform second = await rig.ConnectAsync(); // connected, not logged in yet
        rig.WriteGops(3, PicturesAGop);
        await second.AnswerLoginAsync();
        Assert.Equal(Enumerable.Range(0, 40), Pictures.Numbers(await DrainAsync(rig, second)));
    }

    [Fact(Timeout = Hang)]
    public async Task PlatformCloses_InOrder_IsPeerClosedAndResumes()
    {
        await using var rig = new Rig();
        FakePlatform first = await rig.GoOnlineAsync();
        rig.WriteGops(1, PicturesAGop);
        await first.ReceiveMediaAsync(PicturesAGop + 1);
        first.Close();
        Assert.Equal(UplinkFaultKind.PeerClosed, (await rig.WaitingAsync()).Kind);
        Assert.Equal(Enumerable.Range(0, PicturesAGop), Pictures.Numbers(await DrainAsync(rig, await rig.GoOnlineAsync())));
    }

    private static async Task<List<TDMediaPackage>> DrainAsync(Rig rig, FakePlatform platform)
    {
        Task<List<HEDGWMessage>> running = platform.RunAsync();
        Assert.True(await rig.Session.DrainAsync());
        await rig.Session.StopAsync();
        return Pictures.MediaOf(await running);
    }

    private static void AssertSentAgainUnchanged(List<TDMediaPackage> before, List<TDMediaPackage> after)
    {
        var first = before.Where(p => p.PackageType == 2).ToDictionary(p => p.SeqNum);
        foreach (TDMediaPackage again in after.Where(p => p.PackageType == 2 && first.ContainsKey(p.SeqNum)))
        {
            Assert.Equal(first[again.SeqNum], again); // number, times and bytes
        }
    }
}
