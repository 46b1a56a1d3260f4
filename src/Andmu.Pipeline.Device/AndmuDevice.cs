using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device.Addressing;
using Andmu.Pipeline.Device.Binding;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Startup;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Upload;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Device;

/// <summary>One device, a camera or one channel of an NVR, from power-on to power-off: registration, settings, uplink (specification 3, 5.1, 6.1).</summary>
/// <remarks>
/// <code>
///   StartAsync:  register  ->  get settings  ->  report capabilities  ->  update device info  ->  uplink: address, connect, log in
///                (once; kept)  +---------- what fails here is made again beside the uplink -----+
/// </code>
/// <para>It orders the calls and holds no rule of the media. The encoders may write from construction on: what they write before the device is online
/// waits in <see cref="Buffer"/>.</para>
/// <para>All members are thread-safe. A device goes online once: after its end, or to register for another user, make a new one.</para>
/// </remarks>
public sealed partial class AndmuDevice : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly AndmuDeviceOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly ILogger _uplinkLogger;
    private readonly HttpClient? _ownHttp;
    private readonly IUplinkConnector _connector;
    private readonly StateStore _store;
    private readonly PlatformCalls _platform;
    private readonly ProgressFeed _progress;
    private readonly UserIntake _intake;
    private readonly Registrar _registrar;
    private readonly DeviceControl _control;
    private readonly EarlyEvents _early;
    private readonly RefusalPolicy _refusals = new();
    private readonly DeviceInfo _info;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly TaskCompletionSource<UplinkFault> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _deviceToken = "";
    private PowerOnReports? _reports;
    private Task? _running;
    private bool _starting;
    private bool _disposed;

    /// <summary>Makes a device; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <param name="options">All about it.</param>
    /// <param name="httpClient">What to call the OpenAPI with; may be shared, and is not disposed of. Null: one of its own, over
    /// <see cref="OpenApiHttp.CreateHandler"/> with the roots of <see cref="AndmuDeviceOptions.Tls"/>.</param>
    /// <param name="timeProvider">Every clock and timer; the system's when null.</param>
    /// <param name="random">For the jitter of pauses; null for one of its own. Used by one thread at a time.</param>
    /// <param name="loggerFactory">Null for no log.</param>
    /// <exception cref="ArgumentException">An option is missing or out of its range.</exception>
    public AndmuDevice(
        AndmuDeviceOptions options, HttpClient? httpClient = null, TimeProvider? timeProvider = null, Random? random = null,
        ILoggerFactory? loggerFactory = null)
        : this(options, options.Connector ?? new TlsConnector(options.Tls), httpClient, timeProvider, random, loggerFactory)
    {
    }

    internal AndmuDevice(
        AndmuDeviceOptions options, IUplinkConnector connector, HttpClient? httpClient, TimeProvider? timeProvider, Random? random,
        ILoggerFactory? loggerFactory)
    {
        loggerFactory ??= NullLoggerFactory.Instance;
        _options = options;
        _connector = connector;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _random = random ?? new Random();
        _logger = loggerFactory.CreateLogger<AndmuDevice>();
        _uplinkLogger = loggerFactory.CreateLogger<UplinkSession>();
        _stopping = _stop.Token;
        _info = new DeviceInfo
        {
            DeviceModelId = options.DeviceModelId,
            FirmwareVersion = options.FirmwareVersion,
            CameraAppVersion = options.CameraAppVersion,
        };
        Buffer = new MediaBuffer(options.Buffer, _timeProvider);
        Video = MediaTrack.AddVideo(Buffer, options.VideoCodec, options.NalFraming);
        Audio = MediaTrack.AddAudio(Buffer, options.AudioCodec);
        var form = new RegistrationForm(options);
        _ownHttp = httpClient is null ? CreateHttp(options.Tls) : null;
        var client = new OpenApiClient(httpClient ?? _ownHttp!, options.OpenApi, _timeProvider, loggerFactory.CreateLogger<OpenApiClient>());
        _store = new StateStore(options.StateDirectory, _timeProvider, _logger);
        _early = new EarlyEvents(_timeProvider, options.Buffer.MaxDuration);
        _progress = new ProgressFeed(_logger);
        _platform = new PlatformCalls(client, Buffer);
        var versions = new FirmwareVersions(options.FirmwareVersion, options.CameraAppVersion);
        var setup = new ControlSetup(versions, options.StateDirectory, () => _platform.Failures, () => _platform.AddressRequests);
        _control = new DeviceControl(options.Control, Buffer, Audio, setup, _store, new Random(_random.Next()), loggerFactory);
        var inbox = new UserInbox(form, _timeProvider);
        _intake = new UserIntake(inbox, options.QrCodeParser, _logger);
        UserWait? users = UserWait.For(options, form, inbox, () => new BindingPoll(_platform, _progress, _timeProvider, _random));
        _registrar = new Registrar(options.OpenApi, form.OfOptions, users, _store, _platform, _progress, _timeProvider, _random, _logger);
    }

    /// <summary>Raised at every step, on whatever thread takes it: a handler must not block. What a handler throws is logged.</summary>
    public event Action<DeviceProgress>? Progress
    {
        add => _progress.Raised += value;
        remove => _progress.Raised -= value;
    }

    /// <summary>Raised when an event's clip has ended: the platform has it, or it never will. Says what is missing of it, if anything. A handler must
    /// not block; what it throws is logged.</summary>
    public event Action<EventClipReport>? ClipFinished;

    /// <summary>Where the video encoder puts its output.</summary>
    public MediaTrack Video { get; }

    /// <summary>Where the audio encoder puts its output.</summary>
    public MediaTrack Audio { get; }

    /// <summary>The media that waits, and the ledger of what was dropped.</summary>
    public MediaBuffer Buffer { get; }

    /// <summary>The uplink, from <see cref="DeviceStep.Registered"/> on. It is not started before the handlers of that step have returned, so they
    /// can subscribe to its events without missing one.</summary>
    public UplinkSession? Uplink { get; private set; }

    /// <summary>What the platform has the device set to, from <see cref="DeviceStep.SettingsRead"/> on.</summary>
    public CameraSettings? Settings { get; private set; }

    /// <summary>What the platform knows the device by, from <see cref="DeviceStep.Registered"/> on.</summary>
    public Registration? Registration { get; private set; }

    /// <summary>Completes when the device has ended, with the reason: stopped by the host, or by a fault that trying again does not mend. What
    /// has to be forgotten is forgotten by then. It never fails, and does not complete while the device is not started.</summary>
    public Task<UplinkFault> Completion => _completion.Task;

    /// <summary>Goes the way from power-on to a running uplink: registers unless a registration is kept, reads the settings, reports capabilities and
    /// device information, and starts the uplink. That it is online, <see cref="Progress"/> tells.</summary>
    /// <remarks>Until there is a registration, a network or a platform that fails is tried again after pauses of up to 32 s. From then on nothing keeps
    /// the media back: a call that fails is made again beside the uplink, or given up if that would not help.
    /// <para>With <see cref="AndmuDeviceOptions.QrCodeParser"/> or <see cref="AndmuDeviceOptions.WiredBinding"/>, it waits for a user if there is neither
    /// a registration nor one in the options (<see cref="DeviceStep.WaitingForUser"/>), and for another if the platform refuses one for a reason
    /// that another may not have.</para></remarks>
    /// <param name="cancellationToken">Cancels the start; it may be called again then, and after it has thrown.</param>
    /// <exception cref="OpenApiException">The platform refuses to register the device, or its certificate could not be verified.</exception>
    /// <exception cref="InvalidOperationException">No registration is kept and the options do not say whom to register for, nor how to wait for him; or the device
    /// was started before.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the device was stopped.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        BeginStart();
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
            if (Uplink is null)
            {
                SetRegistration(await _registrar.RegisterAsync(either.Token));
            }

            bool done = await _reports!.TryAsync(either.Token);
            either.Token.ThrowIfCancellationRequested();
            GoOnline(Uplink!, done ? null : _reports);
        }
        finally
        {
            lock (_lock)
            {
                _starting = false;
            }
        }
    }

    /// <summary>Gives the device the text of a QR code, to register with whom it names. May be called from a scanner for every picture: while
    /// <see cref="StartAsync"/> waits for a user, and while it registers for one, which a newer code replaces should it not succeed.</summary>
    /// <param name="payload">What was scanned: at most 7089 characters, read by <see cref="AndmuDeviceOptions.QrCodeParser"/>, never logged.</param>
    /// <param name="refusal">Why it was not taken.</param>
    /// <returns>Whether it was taken. Whether the platform takes it, too, <see cref="Progress"/> tells.</returns>
    public bool TrySubmitQrCode(string payload, out BindingRefusal refusal) => _intake.TrySubmit(payload, out refusal);

    /// <summary>Gives the device a user to register for who has come in another way than by a QR code; else as <see cref="TrySubmitQrCode"/>.</summary>
    /// <param name="userMobile">The user's mobile number.</param>
    /// <param name="userToken">The registration token, a secret.</param>
    /// <param name="refusal">Why the user was not taken.</param>
    /// <returns>Whether the user was taken.</returns>
    public bool TryBind(string userMobile, string userToken, out BindingRefusal refusal) => _intake.TryBind(userMobile, userToken, out refusal);

    /// <summary>Reports an event (DevEventCmd, specification 5.2.6). Kept while offline, sent again if it may have been lost. On the event-recording plan
    /// its clip is sent, with <see cref="AndmuDeviceOptions.EventRecording"/> before and after it; <see cref="ClipFinished"/> says what became of it.</summary>
    /// <remarks>May be called before <see cref="StartAsync"/>, by a camera that an event has woken up. Until there is a registration an event waits for
    /// as long as the buffer holds its pictures (<see cref="MediaBufferOptions.MaxDuration"/>); then it is forgotten.</remarks>
    /// <param name="type">What happened.</param>
    /// <param name="started">True at its start, false at its end.</param>
    /// <param name="time">When, by the platform's clock; null for now.</param>
    /// <returns>False when it is not reported: too many wait already.</returns>
    public bool TryReportEvent(DeviceEventType type, bool started, DateTimeOffset? time = null)
    {
        UplinkSession? uplink;
        lock (_lock)
        {
            uplink = Uplink;
            if (uplink is null)
            {
                return _early.TryAdd(type, started, time);
            }
        }

        return uplink.TryReportEvent(type, started, time ?? PlatformTime);
    }

    /// <summary>Waits until everything written so far has been read by the platform, across reconnects if need be.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when it has; false when the device ended before.</returns>
    /// <exception cref="InvalidOperationException">The device has not been started.</exception>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public Task<bool> DrainAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _running is null
                ? throw new InvalidOperationException("The device has not been started.")
                : Uplink!.DrainAsync(cancellationToken);
        }
    }

    /// <summary>Ends the device in order: a start under way is cancelled, what is being sent is finished, the connection is closed. What still waits in
    /// <see cref="Buffer"/> is not sent: <see cref="DrainAsync"/> before, if it should be. The registration stays.</summary>
    /// <returns>When it has ended.</returns>
    public async Task StopAsync()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }
        }

        await _stop.CancelAsync();
        Task? running;
        lock (_lock)
        {
            running = _running; // as of now no start can set it any more
        }

        if (running is null)
        {
            _completion.TrySetResult(new UplinkFault(UplinkFaultKind.Stopped, "The device was stopped before its uplink was started."));
            return;
        }

        await Uplink!.StopAsync();
        await running;
    }

    /// <summary>Stops the device and gives back what it holds. The buffer's memory goes with the last reference to it.</summary>
    /// <returns>When it is done.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _control.DisposeAsync();
        if (Uplink is { } uplink)
        {
            await uplink.DisposeAsync();
        }

        _ownHttp?.Dispose();
        _stop.Dispose();
    }

    private DateTimeOffset PlatformTime => _timeProvider.GetUtcNow() + Buffer.ClockOffset;

    private static HttpClient CreateHttp(TlsConnectorOptions tls) =>
        new(OpenApiHttp.CreateHandler(tls.TrustedRoots)) { Timeout = Timeout.InfiniteTimeSpan }; // OpenApiOptions has the time limit

    private void BeginStart()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_starting || _running is not null)
            {
                throw new InvalidOperationException("A device is started once.");
            }

            _starting = true;
        }
    }

    private void SetRegistration(KeptRegistration kept)
    {
        Registration = kept.ToRegistration();
        string token = _deviceToken = kept.DeviceToken;
        _reports = new PowerOnReports(_platform, _progress, _timeProvider, _random,
            new PowerOnReport(DeviceStep.SettingsRead, (client, stop) => ReadSettingsAsync(client, token, stop)),
            new PowerOnReport(DeviceStep.CapabilitiesReported, (client, stop) => client.ReportCapabilitiesAsync(token, _options.Capabilities, stop)),
            new PowerOnReport(DeviceStep.InfoReported, (client, stop) => client.UpdateDeviceInfoAsync(token, _info, stop)));
        UplinkSession uplink = CreateUplink(kept);
        _control.Attach(uplink);
        lock (_lock)
        {
            _early.ReportTo(uplink, PlatformTime);
            Uplink = uplink; // from now on an event goes there, behind the early ones
        }

        _progress.Raise(DeviceStep.Registered);
    }

    private UplinkSession CreateUplink(KeptRegistration kept)
    {
        var addresses = new OpenApiEndpointSource(
            stop => AskAddressAsync(kept.DeviceToken, stop), _store.Endpoints, _refusals,
            gateway => _progress.Raise(new DeviceProgress(DeviceStep.GatewayAddress) { Gateway = gateway }), _logger);
        UplinkOptions options = UplinkSettings.Of(_options, kept);
        var uplink = new UplinkSession(options, Buffer, _connector, addresses, new Random(_random.Next()), _uplinkLogger);
        uplink.StateChanged += OnUplinkChanged;
        uplink.ClipFinished += report => ClipFinished?.Invoke(report);
        return uplink;
    }

    private async Task ReadSettingsAsync(OpenApiClient client, string deviceToken, CancellationToken cancellationToken)
    {
        CameraSettings settings = await client.GetSettingsAsync(deviceToken, cancellationToken);
        _control.Apply(settings);
        Settings = settings;
    }

    private async Task<HedgwAddress> AskAddressAsync(string deviceToken, CancellationToken cancellationToken)
    {
        HedgwAddress? address = null;
        _platform.OnAddressRequest();
        await _platform.MakeAsync(async (client, stop) => address = await client.GetHedgwAddressAsync(deviceToken, stop), cancellationToken);
        return address!;
    }

    private void GoOnline(UplinkSession uplink, PowerOnReports? unfinished)
    {
        lock (_lock)
        {
            _stopping.ThrowIfCancellationRequested();
            uplink.Start();
            _control.ReportBy((update, stop) => _platform.MakeAsync((client, ending) => client.UpdateSettingsAsync(_deviceToken, update, ending), stop));
            Task reports = unfinished is null ? Task.CompletedTask : Task.Run(() => unfinished.RepeatAsync(_stopping));
            _running = Task.Run(() => EndAsync(uplink, reports));
        }
    }

    private async Task EndAsync(UplinkSession uplink, Task reports)
    {
        UplinkFault end = await uplink.Completion;
        await _stop.CancelAsync();
        await reports;
        if (_refusals.IsRegistrationLost(end))
        {
            _store.Forget();
            Log.RegistrationForgotten(_logger);
            _progress.Raise(DeviceStep.RegistrationForgotten);
        }

        _completion.TrySetResult(end);
    }

    private void OnUplinkChanged(UplinkStateChange change)
    {
        switch (change)
        {
            case { State: UplinkState.Online }:
                _platform.OnOnline();
                _refusals.OnOnline();
                break;
            case { State: UplinkState.Waiting, Fault: { Kind: UplinkFaultKind.LoginRefused or UplinkFaultKind.NotAdmitted, Code: not null } fault }:
                _refusals.OnLoginRefused(fault);
                _store.Endpoints.Clear(); // after a failed login the address is asked for again (specification 5.2.1), a restart between them or not
                break;
        }

        _progress.Raise(new DeviceProgress(DeviceStep.UplinkChanged) { Uplink = change });
    }
}
