using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Native.Configuration;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Upgrades by way of on_firmware_verify, on_firmware_install and on_firmware_progress.</summary>
internal sealed class FirmwareBridge(HostCallbacks host, NotificationQueue queue)
{
    /// <summary>What a device is to know of upgrades; null for one that cannot install any.</summary>
    /// <exception cref="ArgumentException">A member is not what it should be.</exception>
    public unsafe FirmwareOptions? Read(in NativeConfig config) => !host.HasInstall
        ? null
        : new FirmwareOptions
        {
            StagingDirectory = NativeText.Require(config.FirmwareDir, "firmware_dir"),
            Installer = InstallAsync,
            Verifier = host.HasVerify ? VerifyAsync : null,
            AllowUnverified = config.Flags.HasFlag(NativeFlags.FirmwareUnverified),
            AllowPlainHttp = config.Flags.HasFlag(NativeFlags.FirmwarePlainHttp),
            AllowedHosts = Lists.Split(NativeText.Read(config.FirmwareHosts, "firmware_hosts")),
            TrustedRoots = Certificates.Read(
                NativeText.Read(config.FirmwareCaFile, "firmware_ca_file") ?? NativeText.Read(config.CaFile, "ca_file"), "firmware_ca_file"),
            MaxBytes = config.FirmwareMaxBytes,
        };

    public void OnProgress(FirmwareProgress progress) => queue.Post(() => Tell(progress));

    private async ValueTask<bool> VerifyAsync(FirmwareImage image, CancellationToken stop) => await OnThread(() => Verify(image)) == NativeResult.Ok;

    private async ValueTask InstallAsync(FirmwareImage image, CancellationToken stop)
    {
        NativeResult result = await OnThread(() => Install(image));
        if (result != NativeResult.Ok)
        {
            throw new InvalidOperationException($"on_firmware_install returned {(int)result}.");
        }
    }

    /// <summary>A thread of its own, for as long as it takes: flash is slow, and the uplink's threads are few.</summary>
    private static Task<NativeResult> OnThread(Func<NativeResult> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private unsafe void Tell(FirmwareProgress progress)
    {
        using var scope = new NativeScope();
        var told = new NativeFirmwareProgress
        {
            StructSize = (uint)sizeof(NativeFirmwareProgress),
            Stage = (int)progress.Stage,
            CurrentBytes = progress.CurrentBytes,
            TotalBytes = progress.TotalBytes,
            Comment = scope.Text(progress.Comment),
        };
        host.FirmwareProgress(&told);
    }

    private unsafe NativeResult Verify(FirmwareImage image)
    {
        using var scope = new NativeScope();
        NativeFirmware firmware = Shape(image, scope);
        return host.FirmwareVerify(&firmware);
    }

    private unsafe NativeResult Install(FirmwareImage image)
    {
        using var scope = new NativeScope();
        NativeFirmware firmware = Shape(image, scope);
        return host.FirmwareInstall(&firmware);
    }

    private static unsafe NativeFirmware Shape(FirmwareImage image, NativeScope scope) => new()
    {
        StructSize = (uint)sizeof(NativeFirmware),
        Kind = (int)image.Kind,
        Size = image.Length,
        Path = scope.Text(image.Path),
        Version = scope.Text(image.NewVersion),
        Md5 = scope.Text(image.CheckSum),
    };
}
