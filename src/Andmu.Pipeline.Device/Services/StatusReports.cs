using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.Startup;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Tells the platform what has changed at the device ("update settings", specification 5.1.6): the latest of each, until it has taken it.</summary>
/// <remarks>Thread-safe; nobody waits for it. Changes that come while a call is under way, or while it has to be made again, go in one call.</remarks>
internal sealed class StatusReports : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Backoff _backoff;
    private readonly ILogger _logger;
    private readonly DueWork _work;
    private Func<CameraStatusUpdate, CancellationToken, Task>? _send;
    private CameraStatusUpdate? _due;

    public StatusReports(TimeProvider timeProvider, Random random, ILogger logger)
    {
        _backoff = new Backoff(random);
        _logger = logger;
        _work = new DueWork(WorkAsync, timeProvider, logger);
    }

    /// <summary>There is a platform to tell; what was reported before waits until then.</summary>
    /// <param name="send">Makes the call.</param>
    public void StartWith(Func<CameraStatusUpdate, CancellationToken, Task> send)
    {
        lock (_lock)
        {
            _send = send;
            if (_due is null)
            {
                return;
            }
        }

        _work.DueBy(TimeSpan.Zero);
    }

    /// <summary>Something has changed; what is null has not.</summary>
    public void Report(CameraStatusUpdate update)
    {
        lock (_lock)
        {
            _due = _due is { } waiting ? Merge(waiting, update) : update;
            if (_send is null)
            {
                return;
            }
        }

        _work.DueBy(_work.Now);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private static CameraStatusUpdate Merge(CameraStatusUpdate older, CameraStatusUpdate newer) => new()
    {
        Status = newer.Status ?? older.Status,
        PersonStatus = newer.PersonStatus ?? older.PersonStatus,
        WifiSsid = newer.WifiSsid ?? older.WifiSsid,
        SdCardStatus = newer.SdCardStatus ?? older.SdCardStatus,
        DeviceAngle = newer.DeviceAngle ?? older.DeviceAngle,
        BinoParam = newer.BinoParam ?? older.BinoParam,
    };

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        CameraStatusUpdate? update;
        lock (_lock)
        {
            (update, _due) = (_due, null);
        }

        if (update is null)
        {
            return;
        }

        try
        {
            await _send!(update, cancellationToken);
            _backoff.Reset();
        }
        catch (OpenApiException error) when (error.IsTransient)
        {
            TimeSpan wait = _backoff.Next();
            Log.StatusRetried(_logger, error.Message, wait);
            PutBack(update);
            _work.DueAt(_work.Now + wait);
        }
        catch (OpenApiException error)
        {
            Log.StatusRefused(_logger, error.Message);
        }
    }

    private void PutBack(CameraStatusUpdate update)
    {
        lock (_lock)
        {
            _due = _due is { } newer ? Merge(update, newer) : update;
        }
    }
}
