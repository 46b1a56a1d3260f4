using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>One upgrade from command to installer.</summary>
internal sealed class UpgradeRun(
    FirmwareOptions options, DownloadPolicy policy, FirmwareDownload download, UpgradeMemory memory, UpgradeReports reports, TimeProvider timeProvider,
    ILogger logger)
{
    /// <summary>Runs it; all faults are reported, none is thrown.</summary>
    /// <param name="request">The command.</param>
    /// <param name="cancelled">The host gives it up.</param>
    /// <param name="stopping">The device goes down: what is kept then stays, for the next start to tell.</param>
    public async Task RunAsync(FirmwareRequest request, CancellationToken cancelled, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping);
        FirmwareStage failure = FirmwareStage.DownloadFailed;
        try
        {
            using StagedFile file = await FetchAsync(request, either.Token);
            var image = new FirmwareImage(request, file);
            await CheckAsync(image, file, either.Token);
            reports.Raise(request, FirmwareStage.Downloaded, file.Length, file.Length);
            failure = FirmwareStage.InstallFailed;
            await InstallAsync(request, image, either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As by a power cut.
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            Fail(request, failure, "Cancelled on the device.");
        }
        catch (FirmwareException error)
        {
            Fail(request, failure, error.Message);
        }
#pragma warning disable CA1031 // whatever it is, the platform waits for an answer
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.FirmwareFaulted(logger, error.GetType().Name, error.StackTrace);
            Fail(request, failure, $"A fault of the device: {error.GetType().Name}.");
        }
    }

    private async Task<StagedFile> FetchAsync(FirmwareRequest request, CancellationToken cancellationToken)
    {
        Uri url = policy.Check(request);
        memory.Keep(request, FirmwareStage.DownloadStarted);
        reports.Raise(request, FirmwareStage.DownloadStarted);
        var gate = new ProgressGate(timeProvider, options.ProgressInterval, options.ProgressPercent);
        return await download.FetchAsync(url, Report, cancellationToken);

        void Report(long current, long total)
        {
            if (gate.Passes(current, total))
            {
                reports.Raise(request, FirmwareStage.Downloading, current, total);
            }
        }
    }

    private async Task CheckAsync(FirmwareImage image, StagedFile file, CancellationToken cancellationToken)
    {
        string found = Convert.ToHexStringLower(await file.ComputeMd5Async(cancellationToken));
        if (!found.Equals(image.CheckSum, StringComparison.OrdinalIgnoreCase))
        {
            throw new FirmwareException($"The checksum of the package is {found}, not {image.CheckSum}.");
        }

        bool verified = options.Verifier is not { } verifier || await CallAsync("verifier", () => verifier(image, cancellationToken), cancellationToken);
        if (!verified)
        {
            throw new FirmwareException("The device's verifier does not accept the package.");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task InstallAsync(FirmwareRequest request, FirmwareImage image, CancellationToken cancellationToken)
    {
        // Kept before the installer is called: it may restart the device and never return.
        memory.Keep(request, FirmwareStage.InstallStarted);
        reports.Raise(request, FirmwareStage.InstallStarted, image.Length, image.Length);
        reports.Raise(request, FirmwareStage.Installing, image.Length, image.Length);
        await CallAsync("installer", CallInstallerAsync, cancellationToken);

        async ValueTask<bool> CallInstallerAsync()
        {
            await options.Installer(image, cancellationToken);
            return true;
        }
    }

    private async Task<bool> CallAsync(string callback, Func<ValueTask<bool>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.FirmwareCallbackFailed(logger, callback, error);
            throw new FirmwareException($"The device's {callback} failed: {error.GetType().Name}: {error.Message}", error);
        }
    }

    private void Fail(FirmwareRequest request, FirmwareStage failure, string comment)
    {
        reports.Raise(request, failure, comment: comment);
        memory.Forget();
    }
}
