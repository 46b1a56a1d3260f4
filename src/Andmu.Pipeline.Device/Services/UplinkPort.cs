using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Services;

/// <summary>The uplink as the services see it, from before there is one. Thread-safe.</summary>
internal sealed class UplinkPort(MediaBuffer buffer)
{
    private volatile UplinkSession? _uplink;

    /// <summary>The clock of everything.</summary>
    public TimeProvider TimeProvider => buffer.TimeProvider;

    /// <summary>Now, by the platform's clock as far as it is known.</summary>
    public DateTimeOffset PlatformTime => buffer.TimeProvider.GetUtcNow() + buffer.ClockOffset;

    /// <summary>Time between two person counts as of the last login; null for none.</summary>
    public TimeSpan? PersonCountSpan => _uplink?.Terms?.PersonCountSpan;

    public UplinkStatistics Statistics => _uplink?.Statistics ?? default;

    /// <summary>Whether the device is on, by hand and by schedule. It is, until somebody says so.</summary>
    public bool IsDeviceOn => _uplink?.IsDeviceOn ?? true;

    /// <summary>Whether a picture would be sent.</summary>
    public bool MaySendPictures => _uplink is { State: UplinkState.Online, IsDeviceOn: true };

    /// <summary>From now on there is one.</summary>
    public void Attach(UplinkSession uplink) => _uplink = uplink;

    /// <summary>Switches the media.</summary>
    public void SetDeviceOn(bool on)
    {
        if (_uplink is { } uplink)
        {
            uplink.IsDeviceOn = on;
        }
    }

    /// <returns>False when it is not sent.</returns>
    public bool Send(DeviceMessage message) => _uplink?.TrySend(message) ?? false;

    /// <returns>False when it is not sent.</returns>
    public bool SendThumbnail(ReadOnlyMemory<byte> jpeg) => _uplink?.TrySendThumbnail(jpeg.Span) ?? false;

    /// <returns>False when it is not reported.</returns>
    public bool ReportPersons(PersonCountPeriod period) =>
        _uplink?.TryReportEvent(DeviceEventType.PersonCount, started: true, period.Stop, period.ToJson()) ?? false;
}
