using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Tells the platform what became of an upgrade that the last restart has ended (specification 5.2.11.2, status 7 and 8), and forgets it when it has
/// been read: twice rather than never.</summary>
internal sealed class PreviousUpgrade : IAsyncDisposable
{
    /// <summary>A connection that lives on for this long has brought over what was sent at its beginning: it would have been found dead by then.</summary>
    private static readonly TimeSpan ProofOfDelivery = TimeSpan.FromMinutes(3);

    private readonly FirmwareUpgrade _upgrade;
    private readonly FirmwareReports _reports;
    private readonly DueWork _forget;
    private bool _isTold; // the uplink's thread

    public PreviousUpgrade(FirmwareUpgrade upgrade, FirmwareReports reports, TimeProvider timeProvider, ILogger logger)
    {
        _upgrade = upgrade;
        _reports = reports;
        _forget = new DueWork(ForgetAsync, timeProvider, logger);
    }

    /// <summary>The uplink has changed its state.</summary>
    public void OnUplinkChanged(UplinkStateChange change)
    {
        if (change.State != UplinkState.Online)
        {
            _forget.DueAt(null); // what was sent is sent again
        }
        else if (_upgrade.PreviousOutcome is { } outcome && (_isTold || _reports.Tell(outcome)))
        {
            _isTold = true;
            _forget.DueAt(_forget.Now + ProofOfDelivery);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _forget.DisposeAsync();

    private Task ForgetAsync(CancellationToken cancellationToken)
    {
        _upgrade.ForgetPrevious();
        return Task.CompletedTask;
    }
}
