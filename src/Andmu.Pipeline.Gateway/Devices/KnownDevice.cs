using Andmu.Pipeline.Gateway.Audit;
using Andmu.Pipeline.Gateway.Commands;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>What is known of a device from connection to connection, as long as the gateway runs. Safe for any thread.</summary>
internal sealed class KnownDevice
{
    private readonly Lock _gate = new();
    private DeviceReport _report = new();

    /// <summary>What it was asked for in thumbnails.</summary>
    public ThumbnailAudit Thumbnails { get; } = new();

    /// <summary>What it was told to install.</summary>
    public FirmwareAudit Firmware { get; } = new();

    /// <summary>What it has reported.</summary>
    public DeviceReport Report
    {
        get
        {
            lock (_gate)
            {
                return _report;
            }
        }
    }

    /// <summary>Adds to what it has reported.</summary>
    public void Reported(Func<DeviceReport, DeviceReport> change)
    {
        lock (_gate)
        {
            _report = change(_report);
        }
    }
}
