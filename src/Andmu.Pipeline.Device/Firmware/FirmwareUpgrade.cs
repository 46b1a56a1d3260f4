using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Upgrades a device at the platform's command (request 4097, specification 5.2.9.14): fetches the package, checks it, has the host verify and
/// install it, and says how far it is (specification 5.2.11.2).</summary>
/// <remarks>
/// <code>
///   TryStart:  check the command -> download -> MD5 -> verifier  ->  installer  ->  restart  ->  next start: is it the new version?
///   Progress:     (4)               1  2 ...    (4)    (4)     3     5  6   (8)                  PreviousOutcome: 7 or 8
/// </code>
/// <para>What is installed is what was checked: the package has no name while it waits, and checksum, verifier and installer read it by one open handle. A
/// broken connection is made again and goes on where it was; a restart begins with nothing and is told as a failure, so the platform can command it
/// again. One upgrade at a time. All members are thread-safe.</para>
/// </remarks>
internal sealed class FirmwareUpgrade : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly UpgradeMemory _memory;
    private readonly UpgradeReports _reports;
    private readonly UpgradeRun _run;
    private readonly HttpClient? _ownHttp;
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource? _cancel;
    private FirmwareRequest? _request;
    private Task _running = Task.CompletedTask;
    private bool _keptIsPrevious;
    private bool _disposed;

    /// <summary>Makes it, and finds out what became of an upgrade before the restart; nothing is fetched before <see cref="TryStart"/>.</summary>
    /// <param name="options">What may be fetched, and who installs it.</param>
    /// <param name="firmwareVersion">The running firmware: <see cref="AndmuDeviceOptions.FirmwareVersion"/>.</param>
    /// <param name="cameraAppVersion">The running camera application: <see cref="AndmuDeviceOptions.CameraAppVersion"/>.</param>
    /// <param name="stateDirectory">Where to keep over a restart what is under way: <see cref="AndmuDeviceOptions.StateDirectory"/>. Null: the platform is
    /// not told how an upgrade went that restarted the device.</param>
    /// <param name="timeProvider">Every clock and timer; the system's when null.</param>
    /// <param name="random">For the jitter of pauses; null for one of its own. Used by one thread at a time.</param>
    /// <param name="loggerFactory">Null for no log.</param>
    /// <param name="create">Makes the file of a package; null for one in the staging folder.</param>
    public FirmwareUpgrade(
        FirmwareOptions options, string firmwareVersion, string cameraAppVersion, string? stateDirectory = null, TimeProvider? timeProvider = null,
        Random? random = null, ILoggerFactory? loggerFactory = null, Func<long, StagedFile>? create = null)
    {
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<FirmwareUpgrade>();
        timeProvider ??= TimeProvider.System;
        HttpClient http = options.HttpClient ?? (_ownHttp = CreateClient(options));
        var folder = new StagingFolder(options.StagingDirectory);
        Clean(folder, logger);
        _memory = new UpgradeMemory(stateDirectory, logger);
        _reports = new UpgradeReports(firmwareVersion, cameraAppVersion, logger);
        var policy = new DownloadPolicy(options);
        var download = new FirmwareDownload(options, policy, create ?? folder.Create, http, timeProvider, random ?? new Random(), logger);
        _run = new UpgradeRun(options, policy, download, _memory, _reports, timeProvider, logger);
        if (_memory.Load() is { } kept)
        {
            PreviousOutcome = _reports.Outcome(kept);
            _keptIsPrevious = true;
        }
    }

    /// <summary>Raised at every step, on the upgrade's thread, at most every <see cref="FirmwareOptions.ProgressInterval"/> while bytes come in. A
    /// handler must not block; what it throws is logged.</summary>
    public event Action<UpgradeReport>? Progress
    {
        add => _reports.Raised += value;
        remove => _reports.Raised -= value;
    }

    /// <summary>
    /// What became of the upgrade that the last restart ended, for the platform: <see cref="FirmwareStage.Installed"/> when the device runs the new
    /// version, else <see cref="FirmwareStage.InstallFailed"/> or, when it had not come to that, <see cref="FirmwareStage.DownloadFailed"/>. Null when there
    /// was none, or it has been forgotten.
    /// </summary>
    public UpgradeReport? PreviousOutcome { get; private set; }

    /// <summary>Whether an upgrade is under way.</summary>
    public bool IsRunning => !Running.IsCompleted;

    /// <summary>The upgrade that is under way, or the last one; never fails.</summary>
    public Task Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Begins with an upgrade; all else is told by <see cref="Progress"/>, a refusal of the command included.</summary>
    /// <param name="request">The command.</param>
    /// <returns>False when another one is under way: it goes on, and this command is answered with <see cref="FirmwareStage.DownloadFailed"/>, unless it is
    /// the running one come twice.</returns>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryStart(FirmwareRequest request)
    {
        bool repeated;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_running.IsCompleted)
            {
                _cancel?.Dispose();
                _cancel = new CancellationTokenSource();
                _request = request;
                _keptIsPrevious = false;
                CancellationToken cancelled = _cancel.Token;
                _running = Task.Run(() => _run.RunAsync(request, cancelled, _stop.Token), CancellationToken.None);
                return true;
            }

            repeated = _request?.IsRepeatedBy(request) == true;
        }

        if (!repeated)
        {
            _reports.Raise(request, FirmwareStage.DownloadFailed, comment: "Refused: another upgrade is under way.");
        }

        return false;
    }

    /// <summary>Gives the running upgrade up, which is told as a failure: of the download, or, when the installer has begun and heeds its token, of the
    /// installation. Without one it does nothing.</summary>
    public void Cancel()
    {
        CancellationTokenSource? cancel;
        lock (_lock)
        {
            cancel = _running.IsCompleted ? null : _cancel;
            if (cancel is null)
            {
                return;
            }

            // Under the lock, so that it is not disposed of meanwhile; nothing but the tasks of the upgrade hangs on it, and they go on elsewhere.
            _ = cancel.CancelAsync();
        }
    }

    /// <summary>Forgets <see cref="PreviousOutcome"/>: to be called when the platform has been told. Until then every start tells it.</summary>
    public void ForgetPrevious()
    {
        lock (_lock)
        {
            PreviousOutcome = null;
            if (_keptIsPrevious)
            {
                _keptIsPrevious = false;
                _memory.Forget();
            }
        }
    }

    /// <summary>Ends a running upgrade without a word, as a restart would: the next start tells what became of it. Waits for the host's verifier or
    /// installer to heed its token.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _stop.CancelAsync();
        await Running;
        _cancel?.Dispose();
        _stop.Dispose();
        _ownHttp?.Dispose();
    }

    private static HttpClient CreateClient(FirmwareOptions options) =>
        new(FirmwareHttp.CreateHandler(options.TrustedRoots)) { Timeout = Timeout.InfiniteTimeSpan }; // the options have the time limits

    private static void Clean(StagingFolder folder, ILogger logger)
    {
        try
        {
            folder.Clean();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.StagingNotCleaned(logger, error.Message);
        }
    }
}
