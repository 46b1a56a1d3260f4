using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Device.Switches;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Device;

/// <summary>What a device does for the platform and its apps beside media and events: commands, switches and schedules, thumbnails, panoramas, person counts,
/// talk-back, upgrades, daily statistics (specification 5.2.5 to 5.2.12). An <see cref="AndmuDevice"/> has one; by itself it serves an
/// <see cref="UplinkSession"/> that is used without the OpenAPI.</summary>
/// <remarks>
/// <code>
///   uplink --- commands --> CommandDispatcher --> the device's part: switches, panorama, upgrade --> the host's handler --> answer
///          --- thumbnails, talk-back, online --> the services --> the host's callbacks (DeviceControlOptions)
///   clock  --- schedules --> DeviceSwitches --> media on or off, "update settings"
/// </code>
/// <para>All members are thread-safe.</para>
/// </remarks>
public sealed class DeviceControl : IAsyncDisposable
{
    private readonly UplinkPort _uplink;
    private readonly CommandTally _tally = new();
    private readonly FirmwareReports _firmware;
    private readonly StatusReports _status;
    private readonly DeviceServices _services;
    private readonly DeviceSwitches _switches;
    private readonly CommandDispatcher _dispatcher;
    private readonly SdCard? _card;

    /// <summary>Makes it; nothing is sent before <see cref="Attach"/>.</summary>
    /// <param name="options">What it does by itself, with what the host gives for it.</param>
    /// <param name="buffer">The buffer of the uplink, whose clock is the device's.</param>
    /// <param name="audio">The microphone's track; null for a device without.</param>
    /// <param name="firmwareVersion">The running firmware.</param>
    /// <param name="cameraAppVersion">The running camera application.</param>
    /// <param name="stateDirectory">A folder of this device's own, for what is switched, scheduled and counted. Null: nothing survives a restart.</param>
    /// <param name="random">For jitter, and the minute of the statistics; null for one of its own. Used by one thread at a time.</param>
    /// <param name="loggerFactory">Null for no log.</param>
    public DeviceControl(
        DeviceControlOptions options, MediaBuffer buffer, MediaTrack? audio = null, string firmwareVersion = "0.0.0",
        string cameraAppVersion = "0.0.0", string? stateDirectory = null, Random? random = null, ILoggerFactory? loggerFactory = null)
        : this(
            options, buffer, audio,
            new ControlSetup(new FirmwareVersions(firmwareVersion, cameraAppVersion), stateDirectory, static () => 0, static () => 0),
            new StateStore(stateDirectory, buffer.TimeProvider, (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<DeviceControl>()),
            random ?? new Random(), loggerFactory ?? NullLoggerFactory.Instance)
    {
    }

    internal DeviceControl(
        DeviceControlOptions options, MediaBuffer buffer, MediaTrack? audio, ControlSetup setup, StateStore store, Random random,
        ILoggerFactory loggers)
    {
        TimeProvider time = buffer.TimeProvider;
        ILogger logger = loggers.CreateLogger<DeviceControl>();
        _uplink = new UplinkPort(buffer);
        _status = new StatusReports(time, new Random(random.Next()), logger);
        _firmware = new FirmwareReports(setup.Versions, _uplink, logger);
        _services = new DeviceServices(options, _uplink, _firmware, setup, random, loggers);
        _switches = new DeviceSwitches(
            new SwitchMemory(store), audio, countsPersons: _services.Persons is not null, () => _uplink.PlatformTime, Apply, _status.Report, time, logger);
        var answers = new CommandAnswers(_uplink.Send, () => _uplink.PlatformTime, _firmware, _tally, logger);
        PanoramaCommand? panorama = _services.Panorama is { } service ? new PanoramaCommand(service, options.Panorama!.Geometry, _uplink) : null;
        var own = new OwnCommands(_switches, _services.Persons is not null, panorama, _services.Upgrade, options.SdCard, answers);
        var executor = new CommandExecutor(Commands, own, options.CommandTimeout, time, logger);
        _dispatcher = new CommandDispatcher(executor, answers, _tally, options, time, logger);
        _card = options.SdCard;
        if (_card is not null)
        {
            _card.StatusChanged += OnCardChanged;
            OnCardChanged(_card.Status);
        }

        if (options.Panorama is { Geometry: var geometry })
        {
            Report(new CameraStatusUpdate { DeviceAngle = geometry }); // at every start (specification 5.1.6)
        }
    }

    /// <summary>Raised when <see cref="IsOn"/> has changed, by the host, an app, the platform's settings or a schedule, on whatever thread changed it. A handler
    /// must not block; what it throws is logged.</summary>
    public event Action<bool>? PowerChanged
    {
        add => _switches.PowerChanged += value;
        remove => _switches.PowerChanged -= value;
    }

    /// <summary>Raised at every step of a firmware upgrade, as the platform is told of it, on the upgrade's thread. A handler must not block; what it throws
    /// is logged.</summary>
    public event Action<FirmwareProgress>? FirmwareProgressed
    {
        add => _firmware.Progressed += value;
        remove => _firmware.Progressed -= value;
    }

    /// <summary>What the host does when an app asks for something.</summary>
    public CommandHandlers Commands { get; } = new();

    /// <summary>What keeps media and events while there is no connection, for <see cref="UplinkOptions.Backlog"/>: the SD card's journal; null without one.</summary>
    public IBacklogStore? Backlog => _card?.Backlog;

    /// <summary>Commands by what became of them.</summary>
    public CommandTotals CommandTotals => _tally.Totals;

    /// <summary>Whether the device is on: as it was set last by the host, an app or the platform's settings, and no schedule has it off (specification 5.2.9.10,
    /// 5.2.9.16). Off: no media is sent, nor ever what is captured meanwhile; the heartbeat stays. May be set at any time: on, in spite of a
    /// schedule, until that changes next.</summary>
    public bool IsOn
    {
        get => _switches.IsOn;
        set => _switches.IsOn = value;
    }

    /// <summary>Whether the microphone is on (specification 5.2.9.4). Off: silence takes the place of what is written to its track, before it is
    /// buffered. May be set at any time.</summary>
    public bool IsMicrophoneOn
    {
        get => _switches.IsMicrophoneOn;
        set => _switches.IsMicrophoneOn = value;
    }

    /// <summary>Whether persons are counted now: switched on, and no schedule is against it (specification 5.2.9.18, 5.2.9.19).</summary>
    public bool IsCountingPersons => _switches.IsCountingPersons;

    /// <summary>Whether the user wants no alarms now (<c>alarmAlertOffSchedule</c>, specification 5.1.5). Events are reported all the same, for their clips are
    /// recorded: it is for what the camera itself does, such as a siren.</summary>
    public bool IsAlarmOff => _switches.IsAlarmOff;

    /// <summary>Serves an uplink, once.</summary>
    /// <param name="uplink">The uplink of the buffer, not started yet.</param>
    public void Attach(UplinkSession uplink)
    {
        _uplink.Attach(uplink);
        uplink.AppCommandReceived += _dispatcher.OnAppCommand;
        uplink.StateChanged += OnUplinkChanged;
        _services.Attach(uplink);
        _switches.OnRegistered();
    }

    /// <summary>Sets what the platform has the device set to: switches and schedules (specification 5.1.5). Of the rest the host is to make use.</summary>
    /// <param name="settings">What was read.</param>
    public void Apply(CameraSettings settings) => _switches.Apply(settings);

    /// <summary>Gives up the firmware upgrade that is under way, if there is one; the platform is told that it failed.</summary>
    public void CancelFirmwareUpgrade() => _services.Upgrade?.Cancel();

    /// <summary>Carries out no further command, and waits for what is under way, whose tokens end.</summary>
    /// <returns>When it is done.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_card is not null)
        {
            _card.StatusChanged -= OnCardChanged;
        }

        await _dispatcher.DisposeAsync();
        _switches.Dispose();
        await _status.DisposeAsync();
        await _services.DisposeAsync();
    }

    /// <summary>Tells the platform what has changed at the device (specification 5.1.6): as soon as it can be told, again until it has been.</summary>
    internal void Report(CameraStatusUpdate update) => _status.Report(update);

    /// <summary>From now on the platform can be told.</summary>
    internal void ReportBy(Func<CameraStatusUpdate, CancellationToken, Task> send) => _status.StartWith(send);

    private void Apply(SwitchPositions positions)
    {
        _uplink.SetDeviceOn(positions.IsOn);
        _services.OnSwitched(positions.IsOn, positions.IsCountingPersons);
    }

    private void OnCardChanged(SdCardStatus status) => Report(new CameraStatusUpdate { SdCardStatus = status });

    private void OnUplinkChanged(UplinkStateChange change)
    {
        if (change.State == UplinkState.Online)
        {
            _switches.Refresh(); // the platform's clock is known now; before the first package goes
        }
    }
}
