using System.Diagnostics;
using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Diagnostics;

public sealed class UplinkTracingTests
{
    private const int Hang = 20_000;

    [Fact(Timeout = Hang)]
    public async Task Connect_LoginAccepted_IsASpanFromTheDialToTheAnswer()
    {
        using var spans = new Spans("accepted");
        await using var rig = new Rig(o => o with { Name = "accepted" });
        DateTimeOffset dialled = rig.Time.GetUtcNow();
        FakePlatform platform = await rig.ConnectAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        await platform.AnswerLoginAsync();
        await rig.StateAsync(UplinkState.Online);
        Activity span = Assert.Single(spans.Stopped);
        Assert.Equal(("andmu.connect", ActivityKind.Client, ActivityStatusCode.Unset), (span.OperationName, span.Kind, span.Status));
        Assert.Equal((dialled.UtcDateTime, TimeSpan.FromSeconds(2)), (span.StartTimeUtc, span.Duration));
        Assert.Equal(
            [("andmu.channel", "accepted"), ("andmu.result", "ok"), ("server.address", "gateway.test"), ("server.port", 1)], TagsOf(span));
    }

    [Theory(Timeout = Hang)]
    [InlineData(2001u, "login_refused")]
    [InlineData(2008u, "not_admitted")]
    [InlineData(2026u, "device_deleted")]
    public async Task Connect_LoginRefused_IsAnErrorWithItsCode(uint code, string kind)
    {
        string name = $"refused {code}";
        using var spans = new Spans(name);
        await using var rig = new Rig(o => o with { Name = name });
        var refused = new TaskCompletionSource<UplinkFault>();
        rig.Session.StateChanged += change =>
        {
            if (change.Fault is { } why)
            {
                refused.TrySetResult(why);
            }
        };
        await (await rig.ConnectAsync()).AnswerLoginAsync(code);
        UplinkFault fault = await refused.Task;
        Activity span = spans.Stopped[0];
        Assert.Equal((ActivityStatusCode.Error, fault.Message), (span.Status, span.StatusDescription));
        Assert.Equal((kind, kind, (int)code), (span.GetTagItem("error.type"), span.GetTagItem("andmu.result"), span.GetTagItem("andmu.result.code")));
    }

    [Fact(Timeout = Hang)]
    public async Task Connect_Fails_IsAnErrorOfThatKind()
    {
        using var spans = new Spans("unreachable");
        await using var rig = new Rig(o => o with { Name = "unreachable" });
        rig.Connector.Failures.Enqueue(_ => Task.FromException(new UplinkException(UplinkFaultKind.PeerNotVerified, "wrong name")));
        rig.Session.Start();
        await rig.WaitingAsync();
        Activity span = spans.Stopped[0];
        Assert.Equal((ActivityStatusCode.Error, "wrong name", "peer_not_verified"), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
    }

    [Fact(Timeout = Hang)]
    public async Task Connect_StoppedByTheHost_IsNoError()
    {
        using var spans = new Spans("stopped");
        await using var rig = new Rig(o => o with { Name = "stopped" });
        await rig.ConnectAsync();
        await rig.Session.StopAsync();
        Activity span = Assert.Single(spans.Stopped);
        Assert.Equal((ActivityStatusCode.Unset, "stopped", null), (span.Status, span.GetTagItem("andmu.result"), span.GetTagItem("error.type")));
    }

    /// <summary>The span is over with the login: how the connection ends later is not told of it.</summary>
    [Fact(Timeout = Hang)]
    public async Task Connect_BreaksAfterTheLogin_StaysAsItWas()
    {
        using var spans = new Spans("breaks");
        await using var rig = new Rig(o => o with { Name = "breaks" });
        (await rig.GoOnlineAsync()).Break();
        await rig.WaitingAsync();
        Activity first = spans.Stopped[0];
        Assert.Equal((ActivityStatusCode.Unset, "ok"), (first.Status, first.GetTagItem("andmu.result")));
        await rig.GoOnlineAsync();
        Assert.Equal(2, spans.Stopped.Length);
    }

    /// <summary>An uplink lives longer than what the host was doing when it started it.</summary>
    [Fact(Timeout = Hang)]
    public async Task Connect_StartedInASpanOfTheHost_IsARoot()
    {
        using var spans = new Spans("root");
        using var host = new Activity("host");
        host.Start();
        await using var rig = new Rig(o => o with { Name = "root" });
        await rig.GoOnlineAsync();
        Assert.Same(host, Activity.Current);
        Activity span = Assert.Single(spans.Stopped);
        Assert.Equal((default, false), (span.ParentSpanId, span.TraceId == host.TraceId));
    }

    [Fact(Timeout = Hang)]
    public async Task Clip_SwitchedOff_IsASpanFromTheEventByTheDevicesClock()
    {
        using var spans = new Spans("clip");
        await using var rig = new Rig(o => o with { Name = "clip" });
        DateTimeOffset eventTime = rig.Time.GetUtcNow();
        rig.Buffer.ClockOffset = TimeSpan.FromHours(1); // the platform's clock is ahead
        await rig.GoOnlineAsync(DevicePlan.Event);
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, eventTime + TimeSpan.FromHours(1));
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        rig.Session.IsDeviceOn = false;
        Activity span = Assert.Single(spans.Stopped, s => s.OperationName == "andmu.clip");
        Assert.Equal((eventTime.UtcDateTime, TimeSpan.FromSeconds(3)), (span.StartTimeUtc, span.Duration));
        Assert.Equal(("device_off", false, 1), (span.GetTagItem("andmu.clip.outcome"), span.GetTagItem("andmu.clip.whole"), span.GetTagItem("andmu.clip.events")));
        Assert.Equal(default, span.ParentSpanId);
    }

    [Theory(Timeout = Hang)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Clip_TimesFromOutside_NeverThrow(long offsetTicks)
    {
        string name = $"hostile {offsetTicks}";
        using var spans = new Spans(name);
        foreach (DateTimeOffset time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
        {
            var report = new EventClipReport(time, 1, EventClipOutcome.Delivered, default, default, default, default, default);
            UplinkTracing.Clip(report, name, new TimeSpan(offsetTicks), DateTimeOffset.UnixEpoch);
        }

        Assert.Equal(2, spans.Stopped.Length);
    }

    [Fact(Timeout = Hang)]
    public async Task Attributes_OfAWholeLife_HoldNoSecret()
    {
        using var spans = new Spans("life");
        using var meters = new Meters("life");
        await using var rig = new Rig(o => o with { Name = "life" });
        rig.Connector.Failures.Enqueue(_ => Task.FromException(new UplinkException(UplinkFaultKind.ConnectFailed, "refused")));
        rig.Session.Start();
        await rig.WaitingAsync();
        FakePlatform platform = await rig.GoOnlineAsync(DevicePlan.Event);
        rig.WriteGops(2);
        rig.Session.TryReportEvent(DeviceEventType.Motion, started: true, rig.Time.GetUtcNow());
        await platform.ReceiveMediaAsync(2);
        List<Measured> measured = meters.Collect();
        platform.Break();
        await rig.WaitingAsync();
        await (await rig.ConnectAsync()).AnswerLoginAsync(2026);
        await rig.Session.Completion;

        string[] said =
        [
            .. spans.Stopped.Select(s => $"{s.DisplayName} {s.StatusDescription} {string.Join(' ', s.TagObjects)} {string.Join(' ', s.Events)}"),
            .. measured.Select(m => $"{m.Name} {string.Join(' ', m.Tags)}"),
        ];
        Assert.Contains(said, line => line.StartsWith("andmu.clip ", StringComparison.Ordinal));
        Assert.True(said.Length > 20);
        string[] secrets = ["canary", Rig.Credentials.UserName, Rig.Credentials.DeviceMac, Rig.Credentials.UnifiedId, Rig.Credentials.AccessKey];
        Assert.DoesNotContain(said, line => secrets.Any(s => line.Contains(s, StringComparison.OrdinalIgnoreCase)));
    }

    private static (string, object?)[] TagsOf(Activity span) => [.. span.TagObjects.Select(t => (t.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)];
}
