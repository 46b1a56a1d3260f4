using System.Collections.Concurrent;
using System.Text.Json;
using Andmu.Hedgw;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Device.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Commands;

/// <summary>What becomes of a command that an app sends: who carries it out, who is answered, and what is refused.</summary>
public sealed class CommandTests : IAsyncDisposable
{
    private static readonly (int, int, int) Settled = (-1, 1792, 81);

    private readonly World _world = new();
    private readonly Signal _handled = new();
    private readonly ConcurrentQueue<ControlCommand> _commands = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Handle_Command_IsGivenItsValuesAndNothingIsAnswered()
    {
        AndmuDevice device = await OnlineAsync(static device => { }, Record<SetNightVision>);

        _world.Gateway.Command(Json.Value(21, 2));
        await HandledAsync(1);

        Assert.Equal(new SetNightVision(NightVisionMode.Auto), Assert.Single(_commands));
        await DoneAsync(device, 1);
        await SettleAsync();
        Assert.Single(_world.Gateway.Messages); // that of the settling
    }

    [Fact]
    public async Task Answer_Question_GoesToWhoHasAskedInItsSession()
    {
        AndmuDevice device = await OnlineAsync(
            static device => device.Commands.Answer<QueryPtzPosition, PtzPosition>((_, _) => new ValueTask<PtzPosition>(new PtzPosition(-7, 9))));

        _world.Gateway.Command(Json.Command(1792, 81), "app-7");
        DevIpCamCmd answer = await AnswerAsync();

        Assert.Equal((2u, "app-7", World.UnifiedId), (answer.Type, answer.DstDeviceId, answer.SrcDeviceId));
        JsonElement content = JsonElement.Parse(answer.Msg).GetProperty("msgContent");
        Assert.Equal(0, content.GetProperty("response").GetInt32());
        Assert.Equal("""{"pan":-7,"tilt":9}""", content.GetProperty("responseParams").GetRawText());
        Assert.Equal(Json.Session, JsonElement.Parse(answer.Msg).GetProperty("msgSession").GetInt32());
        Assert.Equal(1, device.CommandTotals.Done);
    }

    [Fact]
    public async Task Handle_CommandThatIsAnswered_IsAnsweredWhenItIsDone()
    {
        var gate = new TaskCompletionSource();
        await OnlineAsync(device => device.Commands.Handle<FormatSdCard>(async (_, _) => await gate.Task));

        _world.Gateway.Command(Json.Command(1793, 87));
        await SettleAsync();
        Assert.Equal(Settled, Assert.Single(Responses()));
        gate.SetResult();
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 2);

        Assert.Equal((0, 1793, 87), Responses()[1]);
    }

    [Theory]
    [InlineData(1793, 87, "{}")]
    [InlineData(1792, 85, "{}")]
    [InlineData(1793, 17, """{"ssid":"home","bssid":"a","encryption":"WPA","key":"CANARY-key"}""")]
    [InlineData(1793, 153, """{"value":1,"angle":30,"stand":1}""")]
    public async Task Unsupported_Answered_IsAnsweredAsFailed(int request, int subRequest, string parameters)
    {
        AndmuDevice device = await OnlineAsync(static device => { });

        _world.Gateway.Command(Json.Command(request, subRequest, parameters));
        await AnswerAsync();

        Assert.Equal((subRequest == 153 ? 1 : -1, request, subRequest), Assert.Single(Responses()));
        Assert.Equal(1, device.CommandTotals.Unsupported);
        Assert.Contains(_world.Log.Lines, static line => line is { Level: LogLevel.Warning } && line.Text.Contains("Unsupported: no handler", StringComparison.Ordinal));
        AssertNoSecret();
    }

    [Fact]
    public async Task Unsupported_NotAnswered_IsCountedAndLogged()
    {
        AndmuDevice device = await OnlineAsync(static device => { });

        _world.Gateway.Command(Json.Value(19, 1));
        await Until.TrueAsync(() => _world.Log.Lines.Any(static line => line.Text.StartsWith("Command SetStatusLight: Unsupported", StringComparison.Ordinal)));
        await SettleAsync();

        Assert.Equal(1, device.CommandTotals.Unsupported);
        Assert.Single(_world.Gateway.Messages); // that of the settling
    }

    [Theory]
    [InlineData("""{"value":3}""")]
    [InlineData("{}")]
    [InlineData("""{"value":"CANARY"}""")]
    public async Task Malformed_ChangesNothingAndIsCounted(string parameters)
    {
        AndmuDevice device = await OnlineAsync(static device => { }, Record<SetStatusLight>);

        _world.Gateway.Command(Json.Command(1793, 19, parameters));
        await SettleAsync();

        Assert.Empty(_commands);
        Assert.Equal(2, device.CommandTotals.Malformed); // with that of the settling
        AssertNoSecret();
    }

    [Fact]
    public async Task Malformed_Answered_IsAnsweredAsFailed()
    {
        await OnlineAsync(static device => { }, Record<SetWifi>);

        _world.Gateway.Command(Json.Command(1793, 17, """{"ssid":7,"key":"CANARY-key"}"""));
        await AnswerAsync();

        Assert.Equal((-1, 1793, 17), Assert.Single(Responses()));
        Assert.Empty(_commands);
        AssertNoSecret();
    }

    [Fact]
    public async Task Handler_Throws_IsAnsweredAsFailedAndTheDeviceLives()
    {
        AndmuDevice device = await OnlineAsync(static device => device.Commands.Handle<FormatSdCard>(
            static (_, _) => throw new InvalidOperationException("the card is stuck")));

        _world.Gateway.Command(Json.Command(1793, 87));
        await AnswerAsync();
        _world.Gateway.Command(Json.Command(1793, 87));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 2);

        Assert.All(Responses(), static response => Assert.Equal((-1, 1793, 87), response));
        Assert.Equal(2, device.CommandTotals.Failed);
        Assert.Contains(_world.Log.Lines, static line => line.Text.Contains("the card is stuck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handler_Rejects_IsAnsweredAsFailedWithoutAStackTrace()
    {
        AndmuDevice device = await OnlineAsync(static device => device.Commands.Handle<FormatSdCard>(
            static (_, _) => throw new CommandRejectedException("there is no card")));

        _world.Gateway.Command(Json.Command(1793, 87));
        await AnswerAsync();

        Assert.Equal(-1, Assert.Single(Responses()).Response);
        Assert.Equal(1, device.CommandTotals.Rejected);
        (LogLevel level, string text) = Assert.Single(_world.Log.Lines, static line => line.Text.Contains("there is no card", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, level);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_SetForAQuestionByHandle_IsAnsweredAsFailed()
    {
        await OnlineAsync(static device => { }, Record<QueryPtzPosition>);

        _world.Gateway.Command(Json.Command(1792, 81));
        await AnswerAsync();

        Assert.Equal(-1, Assert.Single(Responses()).Response);
    }

    [Fact]
    public async Task Handler_TakesTooLong_IsAnsweredOnceAndItsTokenEnds()
    {
        var late = new TaskCompletionSource();
        AndmuDevice device = await OnlineAsync(device => device.Commands.Handle<FormatSdCard>(async (_, stop) =>
        {
            stop.Register(_handled.Set);
            await late.Task;
        }));
        _world.Gateway.Command(Json.Command(1793, 87));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(30));

        await AnswerAsync();
        late.SetResult();
        await SettleAsync();

        Assert.Equal([(-1, 1793, 87), Settled], Responses());
        Assert.Equal(1, device.CommandTotals.Failed);
        Assert.Contains(_world.Log.Lines, static line => line.Text.Contains("TimedOut: not done within 30 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_ManyAtOnce_BeginInOrderAndNeverMoreThanAllowed()
    {
        var gates = new ConcurrentQueue<TaskCompletionSource>();
        int running = 0, most = 0;
        var order = new ConcurrentQueue<int>();
        AndmuDevice device = await OnlineAsync(device => device.Commands.Handle<SetMotionSensitivity>(async (command, _) =>
        {
            order.Enqueue(command.Value);
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            gates.Enqueue(gate);
            _handled.Set();
            await gate.Task;
            Interlocked.Decrement(ref running);
        }));
        int[] values = [30, 50, 80, 90, 100, 30, 50, 80, 90, 100];

        foreach (int value in values)
        {
            _world.Gateway.Command(Json.Value(15, value));
        }

        for (int i = 0; i < values.Length; i++)
        {
            int due = Math.Min(values.Length, i + 4);
            await _handled.WhenAsync(() => order.Count >= due);
            Assert.True(gates.TryDequeue(out TaskCompletionSource? gate));
            gate.SetResult();
        }

        await DoneAsync(device, values.Length);
        Assert.Equal(values, order);
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task Commands_Flood_IsRefusedBeyondTheQueueAndLoggedInAFewLines()
    {
        var gate = new TaskCompletionSource();
        AndmuDevice device = await OnlineAsync(device => device.Commands.Handle<SetStatusLight>(async (_, _) => await gate.Task));
        for (int i = 0; i < 500; i++)
        {
            _world.Gateway.Command(Json.Value(19, 1));
        }

        await SettleAsync(); // refused as well: it is behind them

        Assert.InRange(device.CommandTotals.Busy, 500 - 64 - 5, 500);
        Assert.Equal(20, _world.Log.Lines.Count(static line => line.Level == LogLevel.Warning && line.Text.StartsWith("Command ", StringComparison.Ordinal)));
        gate.SetResult();
        await DoneAsync(device, (int)(501 - device.CommandTotals.Busy - device.CommandTotals.Malformed));
    }

    [Fact]
    public async Task Stop_CommandsUnderWay_TheirTokensEndAndNoneBegins()
    {
        int begun = 0;
        AndmuDevice device = await OnlineAsync(device => device.Commands.Handle<SetStatusLight>(async (_, stop) =>
        {
            Interlocked.Increment(ref begun);
            _handled.Set();
            await Task.Delay(Timeout.Infinite, stop);
        }));
        for (int i = 0; i < 10; i++)
        {
            _world.Gateway.Command(Json.Value(19, 1));
        }

        await _handled.WhenAsync(() => Volatile.Read(ref begun) == 4);
        await SettleAsync();
        await device.DisposeAsync().AsTask().WaitAsync(Signal.Patience);

        Assert.Equal(4, begun);
        Assert.Equal(10, device.CommandTotals.Failed);
    }

    [Fact]
    public async Task Answer_LongerThanAnyMessage_IsAFailure()
    {
        var network = new WifiNetwork(new string('x', 1000), "", "", 5, Connected: false);
        await OnlineAsync(device => device.Commands.Answer<QueryWifiList, WifiList>(
            (_, _) => new ValueTask<WifiList>(new WifiList([.. Enumerable.Repeat(network, 2000)]))));

        _world.Gateway.Command(Json.Command(1792, 16));
        await AnswerAsync();

        Assert.Equal((-1, 1792, 16), Assert.Single(Responses()));
    }

    [Fact]
    public async Task DevicePower_Off_MediaStopsAndTheHostIsAskedToo()
    {
        AndmuDevice device = await OnlineAsync(static device => { }, Record<SetDevicePower>);
        var changes = new ConcurrentQueue<bool>();
        device.PowerChanged += changes.Enqueue;

        _world.Gateway.Command(Json.Command(1815, -1, """{"value":4}"""));
        await HandledAsync(1);

        Assert.False(device.IsOn);
        Assert.False(device.Uplink!.IsDeviceOn);
        Assert.Equal([false], changes);
        Assert.Equal(new SetDevicePower(On: false), Assert.Single(_commands));
        Assert.Equal(0, _world.Platform.Count(FakePlatform.Update)); // it was the platform's will
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private async Task<AndmuDevice> OnlineAsync(params Action<AndmuDevice>[] set)
    {
        AndmuDevice device = _world.Create();
        foreach (Action<AndmuDevice> action in set)
        {
            action(device);
        }

        await World.StartAsync(device);
        await _world.OnlineAsync();
        return device;
    }

    private void Record<TCommand>(AndmuDevice device)
        where TCommand : ControlCommand => device.Commands.Handle<TCommand>((command, _) =>
        {
            _commands.Enqueue(command);
            _handled.Set();
            return default;
        });

    private Task HandledAsync(int count) => _handled.WhenAsync(() => _commands.Count >= count);

    private async Task<DevIpCamCmd> AnswerAsync()
    {
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count >= 1);
        return _world.Gateway.Messages[0];
    }

    /// <summary>Waits until all that was sent so far has been read, and refused or queued: by a command that is refused, and therefore answered, at
    /// once. What was queued need not have begun.</summary>
    private async Task SettleAsync()
    {
        int before = _world.Gateway.Messages.Count;
        _world.Gateway.Command("""{"msgSession":1,"msgContent":{"request":1792,"subRequest":81,"requestParams":7}}""");
        await _world.Gateway.WhenAsync(gateway => gateway.Messages.Count > before);
    }

    private static Task DoneAsync(AndmuDevice device, int count) => Until.TrueAsync(() => device.CommandTotals.Done >= count);

    private List<(int Response, int Request, int SubRequest)> Responses() =>
    [
        .. _world.Gateway.Messages.Select(static message => JsonElement.Parse(message.Msg).GetProperty("msgContent"))
            .Select(static content => (content.GetProperty("response").GetInt32(), content.GetProperty("responseRequest").GetInt32(), content.GetProperty("responseSubRequest").GetInt32())),
    ];

    private void AssertNoSecret() =>
        Assert.DoesNotContain(_world.Log.Lines, static line => line.Text.Contains("CANARY", StringComparison.Ordinal));
}
