using System.Text.Json.Nodes;
using Andmu.Pipeline.Control.Tests.Parsing;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.Gateway.Commands;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests.Commands;

/// <summary>Every command of the specification, from the platform's JSON through TLS to the host's code and back.</summary>
public sealed class CommandTests
{
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["1793/17"] = """{"response":0,"responseRequest":1793,"responseSubRequest":17}""",
        ["1793/87"] = """{"response":0,"responseRequest":1793,"responseSubRequest":87}""",
        ["1793/153"] = """{"response":0,"responseRequest":1793,"responseSubRequest":153}""",
        ["1792/16"] = """
            {"response":0,"responseParams":[{"bConnected":1,"bssid":"14:e6:e4:80:08:d0","encryption":"WPA/WPA2","signal":4,"ssid":"家"}],
            "responseRequest":1792,"responseSubRequest":16}
            """,
        ["1792/85"] = """
            {"response":0,"responseParams":[{"name":"/dev/mmcblk0p1","fs":"vfat","total":31914983424,"remain":31914950656}],
            "responseRequest":1792,"responseSubRequest":85}
            """,
        ["1792/81"] = """{"response":0,"responseParams":{"pan":-7,"tilt":9},"responseRequest":1792,"responseSubRequest":81}""",
    };

    [Fact]
    public async Task EveryExampleOfTheSpecification_TypedValueComesOutAndTheExactResponseGoesBack()
    {
        string staging = Directory.CreateTempSubdirectory("andmu-e2e-").FullName;
        await using CommandedCamera camera = await CommandedCamera.StartAsync(new DeviceControlOptions
        {
            PersonCounter = static () => default,
            Firmware = new FirmwareOptions { StagingDirectory = staging, Installer = static (_, _) => default, AllowUnverified = true },
        });

        foreach (Example example in Examples.All)
        {
            int before = camera.Commands.Count;
            await camera.SendAsync(example.Json);

            Assert.Equal(example.Command, camera.Commands[before]);
            Assert.Equal(before + 1, camera.Commands.Count);
            if (Answers.TryGetValue(example.Command.Code.ToString(), out string? content))
            {
                JsonNode answer = await camera.NextAnswerAsync();
                Assert.True(JsonNode.DeepEquals(Expected(example, content, answer), answer), $"{example.Name}: {answer.ToJsonString()}");
            }
        }

        Assert.Equal(Examples.All.Count, camera.Device.CommandTotals.Done);
        string violation = Assert.Single(camera.Platform.Device.Violations); // the gateway has not sent the upgrade by itself, and does not know it
        Assert.StartsWith("firmware progress: msgSession is not the one", violation, StringComparison.Ordinal);
        Directory.Delete(staging, recursive: true);
    }

    [Fact]
    public async Task Power_OffAndOn_MediaStopsAndTheHeartbeatStays()
    {
        Clip clip = await Clip.ReadAsync();
        await using CommandedCamera camera = await CommandedCamera.StartAsync();

        await camera.SendAsync("""{"msgSession":1,"msgContent":{"request":1815,"subRequest":-1,"requestParams":{"value":4}}}""");
        foreach ((bool isVideo, byte[] data, TimeSpan time) in clip.Units().Take(100))
        {
            (isVideo ? camera.Device.Video : camera.Device.Audio).TryWrite(data, time);
        }

        await camera.Platform.Device.SendPingAsync(TestContext.Current.CancellationToken);
        Assert.True(await camera.Device.DrainAsync(TestContext.Current.CancellationToken)); // proved by a Ping
        Assert.False(camera.Device.IsOn);
        Assert.Equal(0, camera.Platform.Device.Counters.VideoPackages);

        await camera.SendAsync("""{"msgSession":2,"msgContent":{"request":1815,"subRequest":-1,"requestParams":{"value":1}}}""");
        foreach ((bool isVideo, byte[] data, TimeSpan time) in clip.Units().Skip(100).Take(300))
        {
            (isVideo ? camera.Device.Video : camera.Device.Audio).TryWrite(data, time);
        }

        Assert.True(await camera.Device.DrainAsync(TestContext.Current.CancellationToken));
        Assert.NotEqual(0, camera.Platform.Device.Counters.VideoPackages);
        Assert.Empty(camera.Platform.Device.Violations);
    }

    [Fact]
    public async Task OffSchedule_Active_MediaStopsAndThePlatformIsTold()
    {
        await using CommandedCamera camera = await CommandedCamera.StartAsync();
        DateTime now = DateTime.UtcNow;

        await camera.SendAsync($$"""
            {"msgSession":1,"msgContent":{"request":1793,"subRequest":26,"requestParams":{"valueListNum":2,"valueList":[
            {"repeat":127,"startTime":"{{now.AddHours(-2):HH:mm}}","endTime":"{{now.AddHours(2):HH:mm}}","status":true,"index":0},
            {"repeat":127,"startTime":"{{now.AddHours(3):HH:mm}}","endTime":"{{now.AddHours(4):HH:mm}}","status":false,"index":1}]} } }
            """);
        await Eventually.TrueAsync(() => camera.Platform.Device.Reported.Status == "Off");
        Assert.False(camera.Device.Uplink!.IsDeviceOn);

        await camera.SendAsync("""{"msgSession":1,"msgContent":{"request":1793,"subRequest":26,"requestParams":{"valueListNum":0,"valueList":[]}}}""");
        await Eventually.TrueAsync(() => camera.Platform.Device.Reported.Status == "On");
        Assert.True(camera.Device.Uplink!.IsDeviceOn);
        Assert.Empty(camera.Platform.Device.Violations);
    }

    [Fact]
    public async Task Services_PanoramaThumbnailsTalkBack_AsTheSpecificationHasThem()
    {
        byte[] jpeg = await File.ReadAllBytesAsync(Repository.PathOf("tests", "EndToEnd.Tests", "Support", "picture.jpg"), TestContext.Current.CancellationToken);
        int heard = 0;
        await using CommandedCamera camera = await CommandedCamera.StartAsync(new DeviceControlOptions
        {
            Panorama = new PanoramaOptions { Geometry = CommandedCamera.Head, Take = (_, _) => new ValueTask<ReadOnlyMemory<byte>>(jpeg) },
            Thumbnail = (_, _) => new ValueTask<ReadOnlyMemory<byte>>(jpeg),
            TalkBack = frame => Interlocked.Add(ref heard, frame.Samples.Length),
        });

        CommandAnswer answer = await camera.Platform.Device.AskAsync(
            PlatformCommand.Create("panorama", ("value", "start"), ("angle", "90")), TimeSpan.FromSeconds(30), "app-7", TestContext.Current.CancellationToken);
        Assert.Equal(CommandOutcome.Succeeded, answer.Outcome);
        await camera.Platform.Device.RequestThumbnailsAsync(TimeSpan.FromSeconds(1), 640, 360, TestContext.Current.CancellationToken);
        for (uint pack = 0; pack < 10; pack++)
        {
            await camera.Platform.Device.SendTalkAsync(new byte[160], pack * 20, TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => camera.Platform.Device.PanoramaPictures.Count == 4);
        await camera.Platform.NextAsync(GatewayNoticeKind.Thumbnail);
        await Eventually.TrueAsync(() => Volatile.Read(ref heard) == 1600);
        Assert.Equal([1, 2, 3, 4], camera.Platform.Device.PanoramaPictures.Select(static picture => picture.Sequence));
        Assert.Empty(camera.Platform.Device.Violations);
    }

    private static JsonObject Expected(Example example, string content, JsonNode answer) => new()
    {
        ["msgCategory"] = "camera",
        ["msgContent"] = JsonNode.Parse(content),
        ["msgSequence"] = answer["msgSequence"]!.DeepClone(),
        ["msgSession"] = JsonNode.Parse(example.Json, documentOptions: new() { AllowTrailingCommas = true })!["msgSession"]!.DeepClone(),
        ["msgTimeStamp"] = answer["msgTimeStamp"]!.DeepClone(),
    };
}
