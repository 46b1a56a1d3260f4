using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>C/answers.c: a camera that gives every answer later, from another thread, asked by the platform.</summary>
public sealed class AnswerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Answers_ThatComeLater_ReachTheirAskers()
    {
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileCheckedAsync("answers.c");
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        await using RunningCamera camera = RunningCamera.StartProgram(program, platform.OpenApiUrl, platform.Server.CaPath, TestPlatform.AccessSecret);
        await camera.UntilAsync("uplink online");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        DeviceSession device = platform.Device;

        CommandAnswer networks = await AskAsync(device, "list-wifi");
        Assert.Equal(CommandOutcome.Succeeded, networks.Outcome);
        Assert.Contains("home", networks.Response);
        CommandAnswer head = await AskAsync(device, "ptz-position");
        Assert.Equal(CommandOutcome.Succeeded, head.Outcome);
        Assert.Contains("-7", head.Response);
        Assert.Equal(CommandOutcome.Succeeded, (await AskAsync(device, "card-info")).Outcome);
        Assert.Equal(CommandOutcome.Failed, (await AskAsync(device, "format-card")).Outcome);
        CommandAnswer joined = await AskAsync(device, "wifi", ("ssid", "gäste"), ("key", "geheim"));
        Assert.Equal(CommandOutcome.Succeeded, joined.Outcome);
        await camera.UntilAsync("wifi gäste  WPA/WPA2 geheim");

        await device.RequestThumbnailsAsync(TimeSpan.FromSeconds(60));
        await platform.NextAsync(GatewayNoticeKind.Thumbnail);
        await device.SendTalkAsync(new byte[320], 0);
        Assert.StartsWith("talk of 320 samples, -5504", await camera.UntilAsync("talk of"), StringComparison.Ordinal); // code 0 of G.711
        await camera.UntilAsync("talk ends");
        await AskAsync(device, "power", ("value", "off"));
        await camera.UntilAsync("power 0");
        Assert.Empty(device.Violations);
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    private static Task<CommandAnswer> AskAsync(DeviceSession device, string name, params (string, string)[] parameters) =>
        device.AskAsync(PlatformCommand.Create(name, parameters), Timeout);
}
