using System.Text.RegularExpressions;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Gateway.Commands;
using Andmu.Pipeline.Native.Tests.Support;

namespace Andmu.Pipeline.Native.Tests;

/// <summary>C/card.c: what is captured while the platform is away for longer than the buffer reaches comes from the SD card.</summary>
public sealed class CardTests
{
    /// <summary>Twice as long as the buffer of the program.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Outage_LongerThanTheBuffer_IsRecordedFromTheCard()
    {
        NativeBuild build = await NativeBuild.HereAsync();
        string program = await build.CompileCheckedAsync("card.c");
        await using TestPlatform platform = await TestPlatform.StartAsync(Gateway.DevicePlan.Cloud);
        string card = platform.NewFolder("card");
        await using RunningCamera camera = RunningCamera.StartProgram(
            program, platform.OpenApiUrl, platform.Server.CaPath, TestPlatform.AccessSecret, platform.NewFolder("state"), card,
            Repository.PathOf("src", "Andmu.Pipeline.Cli", "Clip", "clip.h264"));
        await camera.UntilAsync("card 3");
        await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        Assert.Contains(card, (await AskAsync(platform.Device, "card-info")).Response);

        await platform.GoAwayAsync();
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        await platform.ComeBackAsync();
        GatewayNotice live = await platform.NextAsync(GatewayNoticeKind.LoggedIn);
        long kept = 0;
        long sent = 0;
        while (true)
        {
            await camera.MoveAsync();
            string counted = await camera.UntilAsync("counted: ");
            Match match = Regex.Match(counted, @"card 3 backlog (\d) kept (\d+) sent (\d+) used \d+ faults 0$");
            Assert.True(match.Success, counted);
            (kept, sent) = (long.Parse(match.Groups[2].Value), long.Parse(match.Groups[3].Value));
            if (sent > 0 && match.Groups[1].Value == "0")
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        }

        Assert.True(kept > 100, $"{kept} packages of an outage of 300 pictures were kept, {sent} sent; back at {live.Time:T}.");
        Assert.Contains(platform.Server.Recordings, static recording => recording.ChannelId == 1); // of the backlog, specification 5.2.4
        Assert.Equal(CommandOutcome.Succeeded, (await AskAsync(platform.Device, "format-card")).Outcome);
        await camera.UntilAsync("command 19"); // told of it, and its ANDMU_E_UNSUPPORTED changes nothing
        Assert.Equal((0, ""), await camera.StopAsync());
    }

    private static Task<CommandAnswer> AskAsync(DeviceSession device, string name) => device.AskAsync(PlatformCommand.Create(name), Timeout);
}
