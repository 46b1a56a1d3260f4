using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkStopTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task StopAsync_Online_ClosesInOrder()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        rig.WriteGops(1);
        await platform.ReceiveMediaAsync(6);
        Task stop = rig.Session.StopAsync();
        Assert.Empty(await platform.RunAsync()); // reads the end, closes its half
        await stop;
        Assert.True(platform.Connection.WasClosedInOrder);
        await platform.Connection.Disposed;
        Assert.Equal(UplinkFaultKind.Stopped, (await rig.Session.Completion).Kind);
        Assert.Equal(UplinkState.Ended, rig.Session.State);
    }

    /// <summary>Until the platform has closed, too, the connection stays: closing a socket with unread bytes resets it.</summary>
    [Fact(Timeout = Hang)]
    public async Task StopAsync_PlatformStillReads_TheConnectionStaysUntilItCloses()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        Task stop = rig.Session.StopAsync();
        Assert.Null(await platform.ReceiveAsync());
        Assert.False(platform.Connection.IsAborted);
        Assert.False(stop.IsCompleted);
        platform.Close();
        await stop;
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_PlatformNeverCloses_EndsAtTheCloseTimeout()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        Task stop = rig.Session.StopAsync();
        await rig.Time.TimerAsync(3, 3);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        await stop;
        Assert.True(platform.Connection.IsAborted);
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_PlatformDoesNotRead_EndsAtTheCloseTimeout()
    {
        await using var rig = new Rig();
        rig.Connector.Make = () => new FakeConnection(upBytes: 4096);
        await rig.GoOnlineAsync();
        rig.WriteGops(10, bytes: 1000); // the flush blocks
        Task stop = rig.Session.StopAsync();
        await rig.Time.TimerAsync(3, 3);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        await stop;
        Assert.Equal(UplinkFaultKind.Stopped, (await rig.Session.Completion).Kind);
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_BeforeStart_IsHarmless()
    {
        await using var rig = new Rig();
        await rig.Session.StopAsync();
        Assert.Equal(UplinkState.New, rig.Session.State);
        rig.Session.Start();
        Assert.Equal(UplinkFaultKind.Stopped, (await rig.Session.Completion).Kind);
        Assert.Empty(rig.Connector.Made);
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_WhileWaitingForTheNextTry_EndsAtOnce()
    {
        await using var rig = new Rig();
        await (await rig.ConnectAsync()).AnswerLoginAsync(2008);
        await rig.WaitingAsync();
        await rig.Session.StopAsync();
        Assert.Equal(UplinkState.Ended, rig.Session.State);
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_WhileLoggingIn_EndsAtOnce()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.ConnectAsync();
        await rig.Session.StopAsync();
        await platform.Connection.Disposed;
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_WhileConnecting_EndsAtOnce()
    {
        await using var rig = new Rig();
        var reached = new TaskCompletionSource();
        rig.Connector.Failures.Enqueue(token =>
        {
            reached.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        });
        rig.Session.Start();
        await reached.Task;
        await rig.Session.StopAsync();
        Assert.Equal(UplinkState.Ended, rig.Session.State);
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_SeveralTimesAtOnce_AllReturn()
    {
        await using var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        Task stops = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(rig.Session.StopAsync)));
        await platform.RunAsync();
        await stops;
        await rig.Session.StopAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task DisposeAsync_Twice_IsHarmless()
    {
        var rig = new Rig();
        FakePlatform platform = await rig.GoOnlineAsync();
        Task running = platform.RunAsync();
        await rig.Session.DisposeAsync();
        await rig.Session.DisposeAsync();
        await rig.Session.StopAsync();
        await running;
    }

    [Fact(Timeout = Hang)]
    public async Task Start_Twice_Throws()
    {
        await using var rig = new Rig();
        await rig.GoOnlineAsync();
        Assert.Throws<InvalidOperationException>(rig.Session.Start);
    }

    [Fact(Timeout = Hang)]
    public async Task StopAsync_AfterTheUplinkHasEnded_KeepsItsReason()
    {
        await using var rig = new Rig();
        await (await rig.ConnectAsync()).AnswerLoginAsync(2026);
        await rig.Session.Completion;
        await rig.Session.StopAsync();
        Assert.Equal(UplinkFaultKind.DeviceDeleted, (await rig.Session.Completion).Kind);
    }

    /// <summary>Stopped at any moment of its life, from another thread: it always ends, orderly or not, and leaves no connection open.</summary>
    [Fact(Timeout = 3 * Hang)]
    public async Task StopAsync_AtAnyMoment_AlwaysEnds()
    {
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            await using var rig = new Rig();
            int spins = random.Next(0, 3000);
            rig.WriteGops(2);
            Task platform = ServeAsync(rig);
            rig.Session.Start();
            Task stop = Task.Run(async () =>
            {
                Thread.SpinWait(spins);
                await rig.Session.StopAsync();
            });
            await stop;
            Assert.Equal(UplinkFaultKind.Stopped, (await rig.Session.Completion).Kind);
            foreach (FakeConnection connection in rig.Connector.Made)
            {
                await connection.Disposed;
            }

            rig.Connector.Finish();
            await platform;
        }
    }

    private static async Task ServeAsync(Rig rig)
    {
        while (await rig.Connector.TryNextAsync() is { } platform)
        {
            await platform.SendAsync(FakePlatform.LoginAnswer());
            await platform.RunAsync();
        }
    }
}
