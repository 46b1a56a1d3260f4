using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>All services of a device, as far as the host has given something for them.</summary>
internal sealed class DeviceServices : IAsyncDisposable
{
    private readonly UplinkPort _uplink;
    private readonly PreviousUpgrade? _previousUpgrade;
    private readonly StatisticsService _statistics;

    /// <param name="options">What the host has given.</param>
    /// <param name="uplink">What they send by.</param>
    /// <param name="reports">What tells how an upgrade goes.</param>
    /// <param name="setup">What the device is.</param>
    /// <param name="random">For jitter. Used by one thread at a time.</param>
    /// <param name="loggers">For the log.</param>
    public DeviceServices(
        DeviceControlOptions options, UplinkPort uplink, FirmwareReports reports, ControlSetup setup, Random random, ILoggerFactory loggers)
    {
        TimeProvider time = uplink.TimeProvider;
        ILogger logger = loggers.CreateLogger<DeviceServices>();
        _uplink = uplink;
        if (options.Thumbnail is { } thumbnail)
        {
            Thumbnails = new ThumbnailService(thumbnail, () => uplink.MaySendPictures, uplink.SendThumbnail, time, logger);
        }

        if (options.Panorama is { } panorama)
        {
            Panorama = new PanoramaService(
                panorama.Take, panorama.ReturnHead ?? (static _ => default), picture => uplink.Send(picture.ToMessage()), time, logger);
        }

        if (options.PersonCounter is { } counter)
        {
            Persons = new PersonCountService(
                counter, () => uplink.PersonCountSpan, () => uplink.PlatformTime, uplink.ReportPersons, time, logger);
        }

        if (options.TalkBack is { } talkBack)
        {
            TalkBack = new TalkBackReceiver(options.TalkBackOptions, talkBack, options.TalkBackEnded, time, logger);
        }

        if (options.Firmware is { } firmware)
        {
            Upgrade = new FirmwareUpgrade(
                firmware, setup.Versions.Firmware, setup.Versions.CameraApp, setup.StateDirectory, time, new Random(random.Next()), loggers);
            Upgrade.Progress += reports.OnProgress;
            _previousUpgrade = new PreviousUpgrade(Upgrade, reports, time, logger);
        }

        var sources = new StatisticsSources(
            () => uplink.Statistics, setup.OpenApiFailures, setup.AddressRequests, () => uplink.PlatformTime, options.SelfDefinedStatistics);
        _statistics = new StatisticsService(
            sources, Send, new StatisticsStore(setup.StateDirectory, logger), time, new Random(random.Next()), logger);
    }

    public ThumbnailService? Thumbnails { get; }

    public PanoramaService? Panorama { get; }

    public PersonCountService? Persons { get; }

    public TalkBackReceiver? TalkBack { get; }

    public FirmwareUpgrade? Upgrade { get; }

    /// <summary>Listens to an uplink, which is not started yet.</summary>
    public void Attach(UplinkSession uplink)
    {
        uplink.StateChanged += OnUplinkChanged;
        if (Thumbnails is { } thumbnails)
        {
            uplink.ThumbnailsRequested += thumbnails.OnRequested;
        }

        if (TalkBack is { } talkBack)
        {
            uplink.TalkBackReceived += talkBack.OnPackage;
        }
    }

    /// <summary>The device is switched on or off, and the person count.</summary>
    public void OnSwitched(bool isOn, bool isCountingPersons)
    {
        if (Persons is { } persons)
        {
            persons.IsOn = isOn && isCountingPersons; // a camera that is off sees nobody
        }

        if (isOn)
        {
            Thumbnails?.OnMaySend();
        }
        else
        {
            Panorama?.Stop();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        TalkBack?.Dispose();
        foreach (IAsyncDisposable? service in (IAsyncDisposable?[])[Thumbnails, Panorama, Persons, _previousUpgrade, Upgrade, _statistics])
        {
            if (service is not null)
            {
                await service.DisposeAsync();
            }
        }
    }

    private void OnUplinkChanged(UplinkStateChange change)
    {
        _statistics.OnUplinkChanged(change);
        _previousUpgrade?.OnUplinkChanged(change);
        if (change.State == UplinkState.Online)
        {
            Thumbnails?.OnMaySend();
            Persons?.OnLogin();
        }
    }

    private bool Send(DailyStatistics report) =>
        _uplink.Send(report.ToMessage(MessageSession.FromNumber(unchecked((uint)report.End.ToUnixTimeSeconds()))));
}
