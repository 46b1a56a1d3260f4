using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.Commands;

public sealed class AskTests
{
    private const string Networks =
        """[{"bConnected":0,"bssid":"B0:D5:9D:33:26:2","encryption":"WPA2","signal":1,"ssid":"FORTEST"},{"bConnected":1,"bssid":"8C:AB","encryption":"WPA/WPA2","signal":5,"ssid":"Atom_2.4Ghz"}]""";

    private const string Partitions =
        """[{"name":" /dev/sda0","fs":"vfat","total":2147483648,"remain":2147480000},{"name":" /dev/sda1","fs":"vfat","total":2132234448,"remain":2147480000}]""";

    [Theory]
    [InlineData("list-wifi", 1792, 16, Networks)]
    [InlineData("card-info", 1792, 85, Partitions)]
    [InlineData("ptz-position", 1792, 81, """{"pan":50,"tilt":5}""")]
    [InlineData("format-card", 1793, 87, null)]
    public async Task Ask_AnsweredAsTheSpecificationHasIt_Succeeds(string name, int request, int subRequest, string? parameters)
    {
        await using var ask = await Asking.StartAsync();

        CommandAnswer answer = await ask.AskAsync(name, session => CommandedDevice.Answer(session, request, subRequest, parameters));

        Assert.Equal((name, CommandOutcome.Succeeded, parameters), (answer.Command, answer.Outcome, answer.Response));
        Assert.Empty(answer.Problems);
        Assert.Equal(0, ask.Session.Audit.Violations);
    }

    [Theory]
    [InlineData("format-card", 87, -1)]
    [InlineData("panorama", 153, 1)]
    [InlineData("panorama", 153, -1)]
    public async Task Ask_DeviceSaysNo_Failed(string name, int subRequest, int response)
    {
        await using var ask = await Asking.StartAsync();

        (string, string)[] parameters = name == "panorama" ? [("value", "start")] : [];
        CommandAnswer answer = await ask.AskAsync(name, session => CommandedDevice.Answer(session, 1793, subRequest, response: response), parameters);

        Assert.Equal(CommandOutcome.Failed, answer.Outcome);
        Assert.Empty(ask.Session.Violations);
    }

    [Theory]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[],"responseRequest":1793,"responseSubRequest":16},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "responseRequest is 1793")]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[],"responseRequest":1792,"responseSubRequest":85},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "responseSubRequest is 85")]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseRequest":1792,"responseSubRequest":16},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "responseParams is missing")]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":{},"responseRequest":1792,"responseSubRequest":16},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "responseParams is no array")]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[7],"responseRequest":1792,"responseSubRequest":16},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "is no object")]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[{"bConnected":0,"bssid":"a","encryption":"b","signal":6,"ssid":"c"}],"responseRequest":1792,"responseSubRequest":16},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "signal is 6, which is not in 1..5")]
    [InlineData("list-wifi", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[{"bConnected":"0","bssid":"a","encryption":"b","signal":5,"ssid":"c"}],"responseRequest":1792,"responseSubRequest":16},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "bConnected is no whole number")]
    [InlineData("card-info", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[{"name":"a","fs":"vfat","total":"1","remain":1}],"responseRequest":1792,"responseSubRequest":85},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "total is no whole number")]
    [InlineData("ptz-position", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":{"pan":1000001,"tilt":0},"responseRequest":1792,"responseSubRequest":81},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "pan is 1000001")]
    [InlineData("ptz-position", """{"msgCategory":"camera","msgContent":{"response":0,"responseParams":[],"responseRequest":1792,"responseSubRequest":81},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "responseParams is no object")]
    [InlineData("format-card", """{"msgCategory":"camera","msgContent":{"response":"0","responseRequest":1793,"responseSubRequest":87},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "response is no whole number")]
    [InlineData("format-card", """{"msgCategory":"camera","msgContent":{"response":1,"responseRequest":1793,"responseSubRequest":87},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "response is 1, which is not in -1..0")]
    [InlineData("format-card", """{"msgCategory":"door","msgContent":{"response":0,"responseRequest":1793,"responseSubRequest":87},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "msgCategory is not camera")]
    [InlineData("format-card", """{"msgContent":{"response":0,"responseRequest":1793,"responseSubRequest":87},"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "msgCategory is missing")]
    [InlineData("format-card", """{"msgCategory":"camera","msgContent":7,"msgSequence":1,"msgSession":SESSION,"msgTimeStamp":1}""", "msgContent is no object")]
    [InlineData("format-card", """{"msgCategory":"camera","msgSession":SESSION}""", "msgContent is missing")]
    public async Task Ask_AnswerAgainstTheSpecification_InvalidAndAViolation(string name, string answer, string says)
    {
        await using var ask = await Asking.StartAsync();

        CommandAnswer got = await ask.AskAsync(name, session => answer.Replace("SESSION", $"{session}", StringComparison.Ordinal));

        Assert.Equal(CommandOutcome.Invalid, got.Outcome);
        Assert.Contains(got.Problems, problem => problem.StartsWith(name + ": ", StringComparison.Ordinal) && problem.Contains(says, StringComparison.Ordinal));
        Assert.Equal(got.Problems, ask.Session.Violations);
        Assert.Equal(got.Problems.Count, ask.Session.Audit.MessageViolations);
        Assert.Equal(ask.Session.Audit.Violations, ask.Session.Audit.MessageViolations);
    }

    [Fact]
    public async Task Ask_AnswerToSomebodyElse_Invalid()
    {
        await using var ask = await Asking.StartAsync();

        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("format-card"), TestGateway.Patience, "phone");
        long session = await ask.TakeAsync("phone");
        await ask.Device.SendMessageAsync(2, CommandedDevice.Answer(session, 1793, 87), "tablet");

        Assert.Equal(CommandOutcome.Invalid, (await asking).Outcome);
        Assert.Contains("dst_device_id is not who asked", Assert.Single(ask.Session.Violations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"msgCategory":"camera","msgContent":{"response":0}}""", "msgSession is missing")]
    [InlineData("""{"msgSession":"7"}""", "msgSession is no whole number")]
    [InlineData("""{"msgSession":1,"msgSession":1}""", "msg is not JSON")]
    [InlineData("[]", "msg is no JSON object")]
    [InlineData("", "msg is not JSON")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]", "msg is not JSON")]
    public async Task Answer_WithoutItsSession_IsAViolationAndAnswersNothing(string message, string says)
    {
        await using var ask = await Asking.StartAsync();
        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("format-card"), TestGateway.Patience);
        long session = await ask.TakeAsync();

        await ask.Device.SendMessageAsync(2, message);
        await ask.Device.SyncAsync();

        Assert.Contains(says, Assert.Single(ask.Session.Violations), StringComparison.Ordinal);
        Assert.False(asking.IsCompleted);
        await ask.Device.SendMessageAsync(2, CommandedDevice.Answer(session, 1793, 87));
        Assert.Equal(CommandOutcome.Succeeded, (await asking).Outcome);
    }

    [Fact]
    public async Task Answer_ASecondTime_IsToldAsUnmatched()
    {
        await using var ask = await Asking.StartAsync();
        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("format-card"), TestGateway.Patience);
        string answer = CommandedDevice.Answer(await ask.TakeAsync(), 1793, 87);

        await ask.Device.SendMessageAsync(2, answer);
        await ask.Device.SendMessageAsync(2, answer);

        CommandAnswer got = await asking;
        Assert.Equal(CommandOutcome.Succeeded, got.Outcome);
        Assert.Equal($"msgSession {got.Session}", (await ask.Gateway.NextAsync(GatewayNoticeKind.AnswerUnmatched)).Text);
        Assert.Empty(ask.Session.Violations);
    }

    [Fact]
    public async Task Ask_NeverAnswered_TimedOut_AndALateAnswerIsUnmatched()
    {
        var time = new FakeTimeProvider();
        await using var ask = await Asking.StartAsync(time);
        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("format-card"), TimeSpan.FromSeconds(5));
        long session = await ask.TakeAsync();

        time.Advance(TimeSpan.FromSeconds(5));
        CommandAnswer answer = await asking;
        await ask.Device.SendMessageAsync(2, CommandedDevice.Answer(session, 1793, 87));

        Assert.Equal((CommandOutcome.TimedOut, TimeSpan.FromSeconds(5), session), (answer.Outcome, answer.Elapsed, answer.Session));
        Assert.Equal("format-card", (await ask.Gateway.NextAsync(GatewayNoticeKind.CommandUnanswered)).Text);
        Assert.Equal($"msgSession {session}", (await ask.Gateway.NextAsync(GatewayNoticeKind.AnswerUnmatched)).Text);
    }

    [Fact]
    public async Task Answer_FromAnotherDevice_AnswersNothing()
    {
        await using var ask = await Asking.StartAsync();
        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("format-card"), TestGateway.Patience);
        string answer = CommandedDevice.Answer(await ask.TakeAsync(), 1793, 87);
        using RawDevice other = await RawDevice.LogInAsync(ask.Gateway, RawDevice.Login(mac: "2059a074e0bd"));

        await other.SendMessageAsync(2, answer);
        GatewayNotice unmatched = await ask.Gateway.NextAsync(GatewayNoticeKind.AnswerUnmatched);

        Assert.NotEqual(ask.Session.DeviceId, unmatched.DeviceId);
        Assert.False(asking.IsCompleted);
        await ask.Device.SendMessageAsync(2, answer);
        Assert.Equal(CommandOutcome.Succeeded, (await asking).Outcome);
    }

    [Fact]
    public async Task Ask_SeveralAtATime_EachGetsItsOwnAnswer()
    {
        await using var ask = await Asking.StartAsync();
        Task<CommandAnswer> card = ask.Session.AskAsync(PlatformCommand.Create("card-info"), TestGateway.Patience);
        long first = await ask.TakeAsync();
        Task<CommandAnswer> position = ask.Session.AskAsync(PlatformCommand.Create("ptz-position"), TestGateway.Patience);
        long second = await ask.TakeAsync();

        await ask.Device.SendMessageAsync(2, CommandedDevice.Answer(second, 1792, 81, """{"pan":1,"tilt":2}"""));
        await ask.Device.SendMessageAsync(2, CommandedDevice.Answer(first, 1792, 85, "[]"));

        Assert.Equal("[]", (await card).Response);
        Assert.Equal("""{"pan":1,"tilt":2}""", (await position).Response);
    }

    [Fact]
    public async Task Ask_ConnectionEnds_Throws()
    {
        await using var ask = await Asking.StartAsync();
        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("format-card"), TestGateway.Patience);
        await ask.TakeAsync();

        ask.Device.Dispose();

        await Assert.ThrowsAsync<IOException>(() => asking);
        await Assert.ThrowsAsync<IOException>(() => ask.Session.AskAsync(PlatformCommand.Create("format-card"), TestGateway.Patience));
    }

    [Fact]
    public async Task Ask_CommandWithoutAnAnswer_Sent()
    {
        await using var ask = await Asking.StartAsync();

        CommandAnswer answer = await ask.Session.AskAsync(PlatformCommand.Create("rotation", ("value", "180")), TestGateway.Patience);

        Assert.Equal(CommandOutcome.Sent, answer.Outcome);
        Assert.Equal(await ask.TakeAsync(), answer.Session);
        Assert.Equal("rotation", (await ask.Gateway.NextAsync(GatewayNoticeKind.CommandSent)).Text);
    }

    [Theory]
    [InlineData("1280x720", CommandOutcome.Succeeded)]
    [InlineData("big", CommandOutcome.Invalid)]
    [InlineData("1280x720\n", CommandOutcome.Invalid)]
    public async Task Ask_Resolution_AnsweredByItsChange(string message, CommandOutcome outcome)
    {
        await using var ask = await Asking.StartAsync();
        Task<CommandAnswer> asking = ask.Session.AskAsync(PlatformCommand.Create("resolution", ("value", "hd")), TestGateway.Patience);
        await ask.TakeAsync();

        await ask.Device.SendMessageAsync(3, message);

        CommandAnswer answer = await asking;
        Assert.Equal(outcome, answer.Outcome);
        Assert.Equal(outcome == CommandOutcome.Succeeded ? "\"1280x720\"" : null, answer.Response);
    }

    [Fact]
    public async Task Ask_SecretInACommand_IsInNoNotice()
    {
        await using var ask = await Asking.StartAsync();
        var texts = new System.Collections.Concurrent.ConcurrentQueue<string>();
        ask.Gateway.Server.Noticed += (_, notice) => texts.Enqueue(notice.Text);

        await ask.AskAsync("wifi", session => CommandedDevice.Answer(session, 1793, 17), ("ssid", "home"), ("key", "secret123"));

        Assert.Contains("wifi", texts);
        Assert.DoesNotContain(texts, static text => text.Contains("secret123", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ask_PlatformActions_ReachTheDevice()
    {
        await using var ask = await Asking.StartAsync();

        await ask.Session.AskAsync(PlatformCommand.Create("view-start", ("id", "phone")), TestGateway.Patience);
        Assert.Equal(8u, (await ask.Device.ReceiveAsync())!.DevAppCmd.Type);
        await ask.Session.AskAsync(PlatformCommand.Create("view-count", ("value", "2")), TestGateway.Patience);
        Assert.Equal(2u, (await ask.Device.ReceiveAsync())!.DevAppCmd.Count);
        await ask.Session.AskAsync(PlatformCommand.Create("view-end", ("id", "phone")), TestGateway.Patience);
        Assert.Equal(9u, (await ask.Device.ReceiveAsync())!.DevAppCmd.Type);
        await ask.Session.AskAsync(PlatformCommand.Create("plan", ("value", "event")), TestGateway.Patience);
        Assert.Equal(3u, (await ask.Device.ReceiveAsync())!.DevServerCmd.DeviceStatus);
        CommandAnswer answer = await ask.Session.AskAsync(PlatformCommand.Create("thumbnails", ("span", "5")), TestGateway.Patience);
        Assert.Equal(320u, (await ask.Device.ReceiveAsync())!.DevServerCmd.ThumbnailWidth);
        Assert.Equal((CommandOutcome.Sent, 0L), (answer.Outcome, answer.Session));
        Assert.Equal(DevicePlan.Event, ask.Session.Plan);
    }

    /// <summary>A gateway, a device on it, and the way to ask it.</summary>
    private sealed class Asking(TestGateway gateway, RawDevice device) : IAsyncDisposable
    {
        public TestGateway Gateway => gateway;

        public RawDevice Device => device;

        public DeviceSession Session { get; } = Assert.Single(gateway.Server.Devices);

        public static async Task<Asking> StartAsync(FakeTimeProvider? time = null)
        {
            TestGateway gateway = await TestGateway.StartAsync(options => time is null ? options : options with { TimeProvider = time });
            return new Asking(gateway, await RawDevice.LogInAsync(gateway));
        }

        public async Task<long> TakeAsync(string source = "app")
        {
            (Andmu.Hedgw.DevAppCmd command, long session) = await device.TakeCommandAsync();
            Assert.Equal(source, command.SrcDeviceId);
            return session;
        }

        public async Task<CommandAnswer> AskAsync(string name, Func<long, string> answer, params (string, string)[] parameters)
        {
            Task<CommandAnswer> asking = Session.AskAsync(PlatformCommand.Create(name, parameters), TestGateway.Patience);
            await device.SendMessageAsync(2, answer(await TakeAsync()));
            return await asking;
        }

        public async ValueTask DisposeAsync()
        {
            device.Dispose();
            await gateway.DisposeAsync();
        }
    }
}
