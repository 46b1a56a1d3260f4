using System.Runtime.Versioning;
using System.Security.Cryptography;
using Andmu.Pipeline.Device.Tests.Firmware;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>C/services.c: what a platform or an app asks for beyond single answers, through C from end to end.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServiceTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Services_OfACameraThatHasThemAll_Work()
    {
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        await using RunningCamera camera = await StartAsync(platform, "qr");
        await camera.UntilAsync("bound");
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        DeviceSession device = platform.Device;

        Assert.Equal(CommandOutcome.Succeeded, (await AskAsync(device, "panorama", ("value", "start"), ("angle", "90"))).Outcome);
        await camera.UntilAsync("shot 1 of 4");
        await camera.UntilAsync("shot 4 of 4");
        await camera.UntilAsync("head back");

        await AskAsync(device, "person-schedule", ("schedule", "127,00:00,12:00;127,12:00,00:00")); // that of the sample settings ends at 10:00
        await camera.UntilAsync("command 18");
        await AskAsync(device, "person-count", ("value", "on"));
        await camera.UntilAsync("command 17 value 1");
        await AskAsync(device, "person-count", ("value", "off"));
        await camera.UntilAsync("command 17 value 0");
        await platform.UntilAsync(() => platform.Server.Events.Any(static happened => happened.Type == 4));
        Assert.Equal([1, 2, 3, 4], device.PanoramaPictures.Select(static picture => picture.Sequence));

        await device.StartViewerAsync("viewer");
        await device.SetViewerCountAsync(1);
        await camera.UntilAsync("viewers 1");
        await device.SetPlanAsync(Gateway.DevicePlan.Event);
        await camera.UntilAsync("plan 3");
        Assert.Empty(device.Violations);
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    [Fact]
    public async Task Firmware_GoodAndBad_IsVerifiedByTheHost()
    {
        byte[] bad = RandomNumberGenerator.GetBytes(1 << 20);
        byte[] good = [.. bad];
        (bad[0], good[0]) = ((byte)'b', (byte)'g');
        await using var server = new PackageServer(bad);
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        await using RunningCamera camera = await StartAsync(platform, "qr");
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);

        await UpgradeAsync(platform.Device, server, "1.9.0");
        await camera.UntilAsync("firmware stage 1");
        await camera.UntilAsync($"verify 1.9.0 of {bad.Length} bytes");
        await camera.UntilAsync("firmware stage 4");
        server.Package = good;
        server.Tag = "\"two\"";
        await UpgradeAsync(platform.Device, server, "2.0.0");
        await camera.UntilAsync($"verify 2.0.0 of {good.Length} bytes");
        await camera.UntilAsync("install 2.0.0");
        await platform.UntilAsync(() => platform.Device.FirmwareReports.Any(static report => report.Status == 6));
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    [Fact]
    public async Task Bind_OfAWiredCamera_IsThePlatformsUser()
    {
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        platform.Server.OfferBinding("13900000000", "token-of-the-app");
        await using RunningCamera camera = await StartAsync(platform, "wired");
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        Assert.Equal("13900000000", platform.Device.Login.UserName);
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    [Fact]
    public async Task Bitrate_OnANetworkThatIsTooSlow_IsAdvised()
    {
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        await using RunningCamera camera = await StartAsync(platform, "qr");
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        platform.Device.ThrottleBytesPerSecond = 30_000;
        await camera.UntilAsync("bitrate ");
        platform.Device.ThrottleBytesPerSecond = null;
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    private static async Task<RunningCamera> StartAsync(TestPlatform platform, string binding)
    {
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileCheckedAsync("services.c");
        string staging = platform.NewFolder("staging");
        File.SetUnixFileMode(staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string roots = Path.Combine(platform.NewFolder("roots"), "firmware-ca.pem");
        await File.WriteAllTextAsync(roots, string.Concat(PackageServer.Roots.Select(static root => root.ExportCertificatePem() + "\n")));
        return RunningCamera.StartProgram(
            program, platform.OpenApiUrl, platform.Server.CaPath, TestPlatform.AccessSecret, staging, roots,
            Repository.PathOf("tests", "EndToEnd.Tests", "Support", "picture.jpg"),
            Repository.PathOf("src", "Andmu.Pipeline.Cli", "Clip", "clip.h264"), binding);
    }

    private static async Task UpgradeAsync(DeviceSession device, PackageServer server, string version) => await AskAsync(
        device, "firmware", ("url", $"https://localhost:{server.Port}/fw.bin"), ("version", version),
        ("md5", Convert.ToHexStringLower(MD5.HashData(server.Package))));

    private static Task<CommandAnswer> AskAsync(DeviceSession device, string name, params (string, string)[] parameters) =>
        device.AskAsync(PlatformCommand.Create(name, parameters), Timeout);
}
