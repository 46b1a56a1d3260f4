using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Uplinks;

/// <summary>Logs in at a gateway that is named, with a token that is given.</summary>
internal sealed class DirectUplink : ICameraUplink
{
    private readonly TimeProvider _time;
    private readonly MediaBuffer _buffer;
    private readonly UplinkSession _session;
    private readonly DeviceControl _control;
    private readonly FirstLogin _login = new();

    public DirectUplink(
        HedgwEndpoint gateway, UplinkOptions options, IUplinkConnector connector, DeviceControlOptions control, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        _buffer = new MediaBuffer(timeProvider: time);
        Video = MediaTrack.AddVideo(_buffer, options.Stream.VideoCodec);
        Audio = MediaTrack.AddAudio(_buffer);
        ILogger logger = loggers.CreateLogger(typeof(UplinkSession).FullName!);
        _control = new DeviceControl(control, _buffer, Audio, loggerFactory: loggers);
        _session = new UplinkSession(options with { Backlog = _control.Backlog }, _buffer, connector, new FixedEndpoints(gateway), logger: logger);
        _session.StateChanged += _login.OnChange;
        _control.Attach(_session);
    }

    public event Action<EventClipReport>? ClipFinished
    {
        add => _session.ClipFinished += value;
        remove => _session.ClipFinished -= value;
    }

    public MediaTrack Video { get; }

    public MediaTrack Audio { get; }

    public CommandHandlers Commands => _control.Commands;

    public DropLedger Drops => _buffer.Drops;

    public DevicePlan Plan => _session.Plan;

    public UplinkStatistics Statistics => _session.Statistics;

    public Task<UplinkFault> Completion => _session.Completion;

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        _session.Start();
        return _login.Task.WaitAsync(cancellationToken);
    }

    public bool TryReportMotion(bool started, DateTimeOffset? time) =>
        _session.TryReportEvent(DeviceEventType.Motion, started, time ?? _time.GetUtcNow() + _buffer.ClockOffset);

    /// <summary>It is the OpenAPI that is told, and there is none here.</summary>
    public void ReportStatus(CameraStatusUpdate update)
    {
    }

    public bool TrySend(DeviceMessage message) => _session.TrySend(message);

    public Task<bool> DrainAsync(CancellationToken cancellationToken) => _session.DrainAsync(cancellationToken);

    public Task StopAsync() => _session.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _session.DisposeAsync();
    }
}
