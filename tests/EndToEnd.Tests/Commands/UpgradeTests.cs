using System.Security.Cryptography;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Tests.Firmware;
using Andmu.Pipeline.Gateway.Commands;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests.Commands;

/// <summary>An upgrade from the app's command over an https server to the installer, and what the platform is told of it, after the restart too.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Upgrade_OverHttps_IsInstalledAndToldAfterTheRestart()
    {
        byte[] package = RandomNumberGenerator.GetBytes(3 << 20);
        byte[]? installed = null;
        string state = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        await using LocalPlatform platform = await LocalPlatform.StartAsync();
        await using var server = new PackageServer(package);
        var options = new DeviceControlOptions
        {
            Firmware = new FirmwareOptions
            {
                StagingDirectory = Path.Combine(state, "staging"),
                TrustedRoots = PackageServer.Roots,
                Verifier = static (image, _) => new ValueTask<bool>(image.Length == 3 << 20),
                Installer = async (image, stop) =>
                {
                    await using Stream stream = image.OpenRead();
                    byte[] read = new byte[image.Length];
                    await stream.ReadExactlyAsync(read, stop);
                    installed = read;
                },
            },
        };
        AndmuDeviceOptions Configure(AndmuDeviceOptions device) => device with { StateDirectory = state };

        CommandedCamera camera = await CommandedCamera.CreateAsync(platform, options, Configure);
        CommandAnswer sent = await platform.Device.AskAsync(
            PlatformCommand.Create(
                "firmware", ("url", $"https://localhost:{server.Port}/fw.bin"), ("version", "2.0.0"), ("md5", Convert.ToHexStringLower(MD5.HashData(package)))),
            TimeSpan.FromSeconds(30), "app-7", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => platform.Device.FirmwareReports.Any(static report => report.Status == 6));
        await Eventually.TrueAsync(() => installed is not null);
        Assert.Equal(package, installed);
        Assert.Equal([1, 3, 5, 6], platform.Device.FirmwareReports.Select(static report => report.Status).Where(static status => status != 2));
        await camera.Device.DisposeAsync();
        await Eventually.TrueAsync(() => platform.Server.Devices.Count == 0);

        CommandedCamera upgraded = await CommandedCamera.CreateAsync(platform, options, device => Configure(device) with { FirmwareVersion = "2.0.0" });
        await Eventually.TrueAsync(() => platform.Device.FirmwareReports.Any(static report => report.Status == 7));
        Assert.All(platform.Device.FirmwareReports, report => Assert.Equal((sent.Session, "2.0.0"), (report.Session, report.FirmwareVersion)));
        Assert.Empty(platform.Device.Violations);
        Assert.True(File.Exists(Path.Combine(state, "upgrade.json"))); // until the connection has lived on for a while
        await upgraded.Device.DisposeAsync();
        Directory.Delete(state, recursive: true);
    }
}
