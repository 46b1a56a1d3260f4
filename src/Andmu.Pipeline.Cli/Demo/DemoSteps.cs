using System.Globalization;
using Andmu.Pipeline.Cli.Progress;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Demo;

/// <summary>What has to happen in a demo, ticked by what the device and the platform say.</summary>
internal sealed class DemoSteps
{
    private const string Platform = "local platform started";
    private const string Registered = "device registered";
    private const string Settings = "settings read";
    private const string LoggedIn = "logged in over TLS";
    private const string Event = "motion event received";
    private const string Delivered = "everything delivered";
    private const string Received = "every frame received, in accordance with the specification";
    private const string Recorded = "every frame recorded, and the recording closed";

    private volatile string _plan = "";
    private int _eventStarts;

    public ProgressBoard Board { get; } = new(null, Platform, Registered, Settings, LoggedIn, Event, Delivered, Received, Recorded);

    /// <summary>The file, once the platform has finished it.</summary>
    public string? Recording { get; private set; }

    public void OnPlatform(GatewayServer server) =>
        Board.Set(Platform, done: true, $"{server.OpenApiAddress.Authority} (OpenAPI), {server.HedgwEndpoint.Host}:{server.HedgwEndpoint.Port} (HEDGW)");

    public void OnProgress(DeviceProgress progress)
    {
        switch (progress)
        {
            case { Step: DeviceStep.Registered }:
                Board.Set(Registered, done: true, $"device {Options.Samples.DeviceId}");
                break;
            case { Step: DeviceStep.SettingsRead }:
                Board.Set(Settings, done: true);
                break;
            case { Step: DeviceStep.GivenUp, Error: { } error }:
                Board.Set(Settings, done: false, error.Message);
                break;
            case { Uplink: { State: UplinkState.Online } }:
                Board.Set(LoggedIn, done: true, _plan);
                break;
        }
    }

    public void OnNotice(object? sender, GatewayNotice notice)
    {
        switch (notice.Kind)
        {
            case GatewayNoticeKind.EventStarted:
                Interlocked.Increment(ref _eventStarts);
                break;
            case GatewayNoticeKind.EventEnded when Volatile.Read(ref _eventStarts) > 0:
                Board.Set(Event, done: true, "start and end");
                break;
            case GatewayNoticeKind.LoggedIn:
                _plan = notice.Text;
                break;
            case GatewayNoticeKind.RecordingProblem:
                Board.Set(Recorded, done: false, notice.Text);
                break;
        }
    }

    public void OnDelivered(bool delivered, long sent, DeviceSession? session)
    {
        Board.Set(Delivered, delivered);
        long received = session?.Counters.VideoPackages ?? 0;
        long violations = session?.Audit.Violations ?? 0;
        Board.Set(Received, received == sent && violations == 0, $"{received} of {sent} frames, {violations} violations");
    }

    public void OnStopped(IReadOnlyList<RecordingInfo> recordings, long sent)
    {
        if (recordings is [{ IsFinished: true } recording])
        {
            Recording = recording.Path;
            Board.Set(Recorded, recording.Frames == sent, string.Create(
                CultureInfo.InvariantCulture, $"{recording.Frames} of {sent} frames, {recording.Duration.TotalSeconds:0.0} s, {recording.Bytes / 1e6:0.0} MB"));
        }

        Board.Close();
    }
}
