using System.Net.Sockets;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Session;

public sealed class UplinkReconnectTests
{
    private const int Hang = 20_000;

    public static TheoryData<Exception, UplinkFaultKind?> Failures() => new()
    {
        { new UplinkException(UplinkFaultKind.ConnectFailed, "refused"), UplinkFaultKind.ConnectFailed },
        { new UplinkException(UplinkFaultKind.PeerNotVerified, "wrong name"), UplinkFaultKind.PeerNotVerified },
        { new UplinkException(UplinkFaultKind.TlsFailed, "no suite"), UplinkFaultKind.TlsFailed },
        { new IOException("broken"), UplinkFaultKind.ConnectionLost },
        { new SocketException(1), null },
        { new ArgumentException("a name that is none"), null },
        { new InvalidOperationException("a fault of the connector"), null },
        { new OperationCanceledException("of its own"), null },
    };

    [Theory(Timeout = Hang)]
    [MemberData(nameof(Failures))]
    public async Task Connector_ThrowsAnything_IsTriedAgain(Exception failure, UplinkFaultKind? kind)
    {
        await using var rig = new Rig();
        rig.Connector.Failures.Enqueue(_ => Task.FromException(failure));
        rig.Session.Start();
        UplinkFault fault = await rig.WaitingAsync();
        Assert.Equal(kind ?? fault.Kind, fault.Kind);
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task EndpointSource_Throws_IsTriedAgain()
    {
        var source = new FailingSource();
        await using var rig = new Rig(endpoints: source);
        rig.Session.Start();
        Assert.Equal(UplinkFaultKind.NoEndpoint, (await rig.WaitingAsync()).Kind);
        await rig.WaitingAsync();
        await rig.GoOnlineAsync();
    }

    [Fact(Timeout = Hang)]
    public async Task States_OfALife_AreRaisedInOrder()
    {
        await using var rig = new Rig();
        var states = new List<UplinkState>();
        rig.Session.StateChanged += change => states.Add(change.State);
        Assert.Equal(UplinkState.New, rig.Session.State);
        FakePlatform first = await rig.GoOnlineAsync();
        first.Break();
        FakePlatform second = await rig.GoOnlineAsync();
        await second.SetPlanAsync(DevicePlan.Deleted);
        await rig.Session.Completion;
        Assert.Equal(
            [
                UplinkState.Connecting, UplinkState.LoggingIn, UplinkState.Online, UplinkState.Waiting,
                UplinkState.Connecting, UplinkState.LoggingIn, UplinkState.Online, UplinkState.Ended,
            ],
            states);
    }

    [Fact(Timeout = Hang)]
    public async Task Reconnect_AfterAFailure_WaitsAsThePolicySays()
    {
        await using var rig = new Rig(random: new Half());
        foreach (double wait in (double[])[0.5, 1, 2, 4, 8, 16, 16])
        {
            (await rig.ConnectAsync()).Break();
            await rig.WaitingAsync();
            await rig.Time.TimerAsync(wait, wait);
            rig.Time.Advance(TimeSpan.FromSeconds(wait));
        }
    }

    [Fact(Timeout = Hang)]
    public async Task Handler_OfTheHostThrows_IsLoggedAndSurvived()
    {
        await using var rig = new Rig();
        rig.Session.StateChanged += _ => throw new InvalidOperationException("handler of states");
        rig.Session.PlanChanged += _ => throw new InvalidOperationException("handler of plans");
        rig.Session.AppCommandReceived += _ => throw new InvalidOperationException("handler of commands");
        rig.Session.TalkBackReceived += _ => throw new InvalidOperationException("handler of sound");
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SetPlanAsync(DevicePlan.Trial);
        await platform.AppCommandAsync(33, "app");
        await platform.TalkBackAsync([1]);
        await platform.RoundTripAsync();
        Assert.Equal(UplinkState.Online, rig.Session.State);
        foreach (string handler in (string[])["states", "plans", "commands", "sound"])
        {
            Assert.Contains(rig.Log.Lines, line => line.Contains($"handler of {handler}", StringComparison.Ordinal));
        }
    }

    [Fact(Timeout = Hang)]
    public async Task Log_OfAWholeLife_HoldsNoSecret()
    {
        await using var rig = new Rig();
        rig.Connector.Failures.Enqueue(_ => Task.FromException(new UplinkException(UplinkFaultKind.ConnectFailed, "refused")));
        rig.Session.Start();
        var faults = new List<UplinkFault> { await rig.WaitingAsync() };
        await (await rig.ConnectAsync()).AnswerLoginAsync(2001);
        faults.Add(await rig.WaitingAsync());
        FakePlatform platform = await rig.GoOnlineAsync();
        await platform.SendRawAsync([0, 0, 0, 2, 0, 0]);
        faults.Add(await rig.WaitingAsync());
        platform = await rig.GoOnlineAsync();
        platform.Break();
        faults.Add(await rig.WaitingAsync());
        await (await rig.ConnectAsync()).AnswerLoginAsync(2026);
        faults.Add(await rig.Session.Completion);
        string[] said =
        [
            .. rig.Log.Lines, .. faults.Select(f => f.ToString()), rig.Session.Options.ToString(), Rig.Credentials.ToString(), rig.Session.Statistics.ToString(),
        ];
        Assert.True(said.Length > 10);
        Assert.DoesNotContain(said, line => line.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Half : Random
    {
        public override double NextDouble() => 0.5;
    }

    private sealed class FailingSource : IEndpointSource
    {
        private int _asked;

        public ValueTask<IReadOnlyList<HedgwEndpoint>> GetAsync(bool refresh, CancellationToken cancellationToken) => ++_asked switch
        {
            1 => throw new UplinkException(UplinkFaultKind.NoEndpoint, "not registered yet"),
            2 => throw new HttpRequestException("503"),
            _ => new([new HedgwEndpoint("gateway.test", 1)]),
        };
    }
}
