using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Uplinks;

/// <summary>Goes the whole way of a device: registration, settings, gateway address, login.</summary>
internal sealed class DeviceUplink : ICameraUplink
{
    private readonly FirstLogin _login = new();
    private volatile bool _isRegistered;

    public DeviceUplink(AndmuDeviceOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        Device = new AndmuDevice(options, timeProvider: time, loggerFactory: loggers);
        Device.Progress += OnProgress;
    }

    public event Action<EventClipReport>? ClipFinished
    {
        add => Device.ClipFinished += value;
        remove => Device.ClipFinished -= value;
    }

    public AndmuDevice Device { get; }

    public MediaTrack Video => Device.Video;

    public MediaTrack Audio => Device.Audio;

    public CommandHandlers Commands => Device.Commands;

    public DropLedger Drops => Device.Buffer.Drops;

    public DevicePlan Plan => Device.Uplink?.Plan ?? DevicePlan.Cloud;

    public UplinkStatistics Statistics => Device.Uplink?.Statistics ?? default;

    public Task<UplinkFault> Completion => Device.Completion;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task start = Device.StartAsync(either.Token);
        if (await Task.WhenAny(start, _login.Task) == start)
        {
            await start;
        }
        else if (!start.IsCompleted)
        {
            await either.CancelAsync();
            await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _login.Task.WaitAsync(cancellationToken);
    }

    public bool TryReportMotion(bool started, DateTimeOffset? time) => Device.TryReportEvent(DeviceEventType.Motion, started, time);

    public void ReportStatus(CameraStatusUpdate update) => Device.ReportStatus(update);

    public bool TrySend(DeviceMessage message) => Device.Uplink?.TrySend(message) ?? false;

    public Task<bool> DrainAsync(CancellationToken cancellationToken) => Device.DrainAsync(cancellationToken);

    public Task StopAsync() => Device.StopAsync();

    public ValueTask DisposeAsync() => Device.DisposeAsync();

    private void OnProgress(DeviceProgress progress)
    {
        _isRegistered |= progress.Step == DeviceStep.Registered;
        if (progress is { Step: DeviceStep.Retrying, Error: { } error } && !_isRegistered)
        {
            _login.Fail(error);
        }
        else if (progress.Uplink is { } change)
        {
            _login.OnChange(change);
        }
    }
}
