using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Native.Configuration;
using Andmu.Pipeline.Native.Diagnostics;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>One andmu_device: an <see cref="AndmuDevice"/>, and the host's functions around it.</summary>
/// <remarks>All members are thread-safe: C calls them from whatever thread it likes.</remarks>
internal sealed class NativeDevice : IDisposable
{
    private readonly AndmuDevice _device;
    private readonly SdCard? _card;
    private readonly HostCallbacks _host;
    private readonly NotificationQueue _queue = new();
    private readonly StateBridge _state;
    private readonly PushCounts _counts = new();
    private int _started;
    private int _viewers;
    private int _cardTold;

    /// <exception cref="ArgumentException">A member of the configuration is not what it should be.</exception>
    public NativeDevice(in NativeConfig config)
    {
        _host = new HostCallbacks(config);
        _state = new StateBridge(_host, _queue);
        Pictures = new PictureBridge(_host);
        var firmware = new FirmwareBridge(_host, _queue);
        DeviceControlOptions control = ReadControl(config, firmware);
        AndmuDeviceOptions options = DeviceOptionsReader.Read(config, control);
        _card = CardReader.Open(config);
        try
        {
            _device = new AndmuDevice(options with { Control = control with { SdCard = _card } }, loggerFactory: NativeLoggers.Instance);
        }
        catch
        {
            CloseCard();
            throw;
        }

        Video = new PushLane(_device.Video, _counts);
        Audio = new PushLane(_device.Audio, _counts);
        Commands = new CommandBridge(_host, countsPersons: control.PersonCounter is not null, takesPanoramas: control.Panorama is not null, hasCard: _card is not null);
        if (_host.HasCommand)
        {
            Commands.Handle(_device.Commands);
        }

        _device.Progress += OnProgress;
        _device.ClipFinished += clip => _queue.Post(() => _host.Clip(Shape(clip)));
        _device.PowerChanged += on => _queue.Post(() => _host.Power(on ? 1 : 0));
        _device.FirmwareProgressed += firmware.OnProgress;
        if (_card is not null)
        {
            _card.StatusChanged += TellCard;
            if (_card.Journal.Status.State != SpoolState.Starting)
            {
                TellCard(_card.Status); // looked at before somebody listened
            }
        }

        _ = WatchAsync();
    }

    public PushLane Video { get; }

    public PushLane Audio { get; }

    public CommandBridge Commands { get; }

    public PictureBridge Pictures { get; }

    public NativeResult Start()
    {
        if (_device.Completion.IsCompleted || Interlocked.Exchange(ref _started, 1) != 0)
        {
            return NativeResult.State;
        }

        _ = Task.Run(StartAsync);
        return NativeResult.Ok;
    }

    public NativeResult Bind(string mobile, string token, bool encrypted)
    {
        _device.TrySubmitQrCode(UserCode.Format(mobile, token, encrypted), out BindingRefusal refusal);
        return ErrorMap.Of(refusal);
    }

    /// <summary>Waits on the host's thread.</summary>
    public NativeResult Drain(int timeoutMs)
    {
        using var limit = new CancellationTokenSource(timeoutMs);
        try
        {
            return _device.DrainAsync(limit.Token).GetAwaiter().GetResult() ? NativeResult.Ok : NativeResult.Stopped;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return NativeResult.Timeout;
        }
    }

    /// <summary>Waits on the host's thread.</summary>
    public NativeResult Stop()
    {
        _device.StopAsync().GetAwaiter().GetResult();
        return NativeResult.Ok;
    }

    /// <summary>Ends it; waits, on the host's thread, until no callback runs any more. Once.</summary>
    public void Dispose()
    {
        _device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        CloseCard();
        _queue.CompleteAsync().GetAwaiter().GetResult();
        _host.Gate.Close();
    }

    public NativeResult ReportEvent(int type, bool started, DateTimeOffset? time) =>
        _device.TryReportEvent((DeviceEventType)type, started, time) ? NativeResult.Ok : NativeResult.Again;

    public NativeResult SetPower(bool on)
    {
        _device.IsOn = on;
        return NativeResult.Ok;
    }

    public NativeResult SetMicrophone(bool on)
    {
        _device.IsMicrophoneOn = on;
        return NativeResult.Ok;
    }

    public NativeResult Report(CameraStatusUpdate update)
    {
        _device.ReportStatus(update);
        return NativeResult.Ok;
    }

    public NativeResult CancelFirmware()
    {
        _device.CancelFirmwareUpgrade();
        return NativeResult.Ok;
    }

    public NativeStats Statistics() => StatisticsShape.Of(_device, _card, _state.Uplink, _counts, _queue.Lost);

    private DeviceControlOptions ReadControl(in NativeConfig config, FirmwareBridge firmware)
    {
        var talk = new TalkBridge(_host);
        return new DeviceControlOptions
        {
            MaxConcurrentCommands = config.MaxCommands,
            CommandTimeout = TimeSpan.FromMilliseconds(config.CommandTimeoutMs),
            Thumbnail = _host.HasPicture ? Pictures.TakeAsync : null,
            Panorama = _host.HasPicture ? ReadPanorama(config) : null,
            PersonCounter = _host.HasPersonCount ? CountPersons : null,
            TalkBack = _host.HasTalk ? talk.OnFrame : null,
            TalkBackEnded = _host.HasTalk ? talk.OnEnd : null,
            Firmware = firmware.Read(config),
        };
    }

    private PanoramaOptions? ReadPanorama(in NativeConfig config) => config.PanoMaxRotation == 0
        ? null
        : new PanoramaOptions
        {
            Geometry = new DeviceAngle(
                config.PanoMaxRotation, config.PanoHorizontalView, config.PanoVerticalView, config.PanoElevation, config.PanoDepression,
                config.PanoPerShot),
            Take = Pictures.TakeAsync,
            ReturnHead = _ =>
            {
                _host.PanoramaEnd();
                return default;
            },
        };

    private PersonCounts CountPersons() => _host.PersonCount(out int upwards, out int downwards) == NativeResult.Ok
        ? new PersonCounts(upwards, downwards)
        : default;

    private async Task StartAsync()
    {
        try
        {
            await _device.StartAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopped meanwhile: the end says so.
        }
        catch (ObjectDisposedException)
        {
            // Destroyed meanwhile: nobody is there to be told.
        }
#pragma warning disable CA1031 // whatever it is, the host is told that the start has failed
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _started, 0);
            _state.OnStartFailed(error);
        }
    }

    private async Task WatchAsync() => _state.OnEnded(await _device.Completion);

    private void OnProgress(DeviceProgress progress)
    {
        if (progress.Step == DeviceStep.Registered && _device.Uplink is { } uplink)
        {
            uplink.PlanChanged += plan => _queue.Post(() => _host.Plan((int)plan));
            uplink.KeyFrameNeeded += () => _queue.Post(_host.KeyFrame);
            uplink.BitrateAdvised += bitrate => _queue.Post(() => _host.Bitrate(bitrate));
            uplink.AppCommandReceived += command => TellViewers(command.Type == AppCommandType.Command ? null : uplink);
            uplink.StateChanged += _ => TellViewers(uplink); // a new connection begins without any
        }

        _state.OnProgress(progress);
    }

    private void TellViewers(UplinkSession? uplink)
    {
        if (uplink?.Statistics.Viewers is { } viewers && Interlocked.Exchange(ref _viewers, viewers) != viewers)
        {
            _queue.Post(() => _host.Viewers(viewers));
        }
    }

    private void TellCard(SdCardStatus status)
    {
        if (Interlocked.Exchange(ref _cardTold, (int)status) != (int)status)
        {
            _queue.Post(() => _host.Card((int)status));
        }
    }

    private void CloseCard() => _card?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static NativeClip Shape(EventClipReport clip) => new()
    {
        Outcome = (int)clip.Outcome,
        EventTimeMs = clip.EventTime.ToUnixTimeMilliseconds(),
        Events = clip.Events,
        PreRollMs = (int)clip.PreRoll.TotalMilliseconds,
        PostRollMs = (int)clip.PostRoll.TotalMilliseconds,
        MissingPreRollMs = (int)clip.MissingPreRoll.TotalMilliseconds,
        MissingPostRollMs = (int)clip.MissingPostRoll.TotalMilliseconds,
        LostPackages = (int)Math.Min(clip.Lost.Packages, int.MaxValue),
    };
}
