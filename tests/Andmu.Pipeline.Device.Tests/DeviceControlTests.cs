using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using Andmu.Hedgw;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Device.Tests.Services;
using Andmu.Pipeline.OpenApi;
using Google.Protobuf;

namespace Andmu.Pipeline.Device.Tests;

/// <summary>What a device does by itself for the platform and its apps, over the wire.</summary>
public sealed class DeviceControlTests : IAsyncDisposable
{
    private static readonly DeviceAngle Head = new(355, 96, 69, 65, 10, 30);

    private readonly World _world = new();
    private readonly Signal _changed = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task OffSchedule_Command_SwitchesTheMediaAndTellsThePlatform()
    {
        AndmuDevice device = await OnlineAsync(new DeviceControlOptions());

        _world.Gateway.Command(Json.Command(1793, 26, Schedule("00:00", "07:00")));
        await _world.Platform.CalledAsync(FakePlatform.Update, 1);

        Assert.False(device.Uplink!.IsDeviceOn);
        Assert.Equal("Off", Updates()[0].GetProperty("status").GetString());
        await Until.TrueAsync(() => Updates()[^1].GetProperty("status").GetString() == "On", _world.Time, TimeSpan.FromMinutes(1));
        Assert.True(device.IsOn);
        Assert.True(_world.Time.GetUtcNow() >= VirtualTime.Epoch.AddHours(7));
        Assert.False(Updates()[^1].TryGetProperty("personStatus", out _));
    }

    [Fact]
    public async Task OffSchedule_OfTheSettings_IsInForceBeforeTheFirstPicture()
    {
        _world.Platform.Script(FakePlatform.Settings, FakePlatform.Settled($$"""{"status":"On","cameraOffSchedule":{{Schedule("00:00", "07:00")}} }"""));
        AndmuDevice device = _world.Create();
        device.Video.TryWrite(Picture.Key, TimeSpan.Zero);

        await World.StartAsync(device);
        await _world.OnlineAsync();
        await _world.Platform.CalledAsync(FakePlatform.Update, 1);

        Assert.False(device.IsOn);
        Assert.Empty(_world.Gateway.Media);
    }

    [Fact]
    public async Task ReportStatus_PlatformIsDown_IsToldTogetherWhenItIsBack()
    {
        AndmuDevice device = await OnlineAsync(new DeviceControlOptions());
        _world.Platform.Script(FakePlatform.Update, FakePlatform.Unreachable);

        device.ReportStatus(new CameraStatusUpdate { WifiSsid = "old", SdCardStatus = SdCardStatus.Faulty });
        await _world.Platform.CalledAsync(FakePlatform.Update, 1);
        await WhenLoggedAsync("The platform is not told of a change");
        device.ReportStatus(new CameraStatusUpdate { WifiSsid = "new" });
        await _world.Platform.CalledAsync(FakePlatform.Update, 2);

        Assert.Equal(("new", "2"), (Updates()[1].GetProperty("wifiSSID").GetString(), Updates()[1].GetProperty("sdcardStatus").GetString()));
    }

    [Fact]
    public async Task ReportStatus_Transient_IsTriedAgainAfterAPause()
    {
        AndmuDevice device = await OnlineAsync(new DeviceControlOptions());
        _world.Platform.Script(FakePlatform.Update, FakePlatform.Unreachable);

        device.ReportStatus(new CameraStatusUpdate { SdCardStatus = SdCardStatus.Normal });
        await WhenLoggedAsync("The platform is not told of a change");
        await Until.TrueAsync(() => _world.Platform.Count(FakePlatform.Update) == 2, _world.Time, TimeSpan.FromSeconds(1));

        Assert.Equal("3", Updates()[1].GetProperty("sdcardStatus").GetString());
    }

    [Fact]
    public async Task ReportStatus_Refused_IsLoggedAndNotRepeated()
    {
        AndmuDevice device = await OnlineAsync(new DeviceControlOptions());
        _world.Platform.Script(FakePlatform.Update, FakePlatform.Refuse("80000"));

        device.ReportStatus(new CameraStatusUpdate { SdCardStatus = SdCardStatus.Normal });
        await WhenLoggedAsync("The platform does not take a change");
        _world.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, _world.Platform.Count(FakePlatform.Update));
    }

    [Fact]
    public async Task ReportStatus_BeforeTheStart_IsToldAfterTheReportsOfThePowerOn()
    {
        AndmuDevice device = _world.Create();
        device.ReportStatus(new CameraStatusUpdate { WifiSsid = "home" });

        await World.StartAsync(device);
        await _world.Platform.CalledAsync(FakePlatform.Update, 1);

        Assert.Equal(
            [FakePlatform.Register, FakePlatform.Settings, FakePlatform.Capabilities, FakePlatform.Info, FakePlatform.Update],
            _world.Platform.Names.Where(static name => name != FakePlatform.Address));
    }

    [Fact]
    public async Task Panorama_Command_IsAnsweredAndThenItsPicturesCome()
    {
        var shots = new ConcurrentQueue<PanoramaShot>();
        int returned = 0;
        await OnlineAsync(new DeviceControlOptions
        {
            Panorama = new PanoramaOptions
            {
                Geometry = Head,
                Take = (shot, _) =>
                {
                    shots.Enqueue(shot);
                    return new ValueTask<ReadOnlyMemory<byte>>(Jpeg.Of((byte)shot.Sequence, 100 + shot.Sequence));
                },
                ReturnHead = _ =>
                {
                    Interlocked.Increment(ref returned);
                    _changed.Set();
                    return default;
                },
            },
        });

        _world.Gateway.Command(Json.Command(1793, 153, """{"value":1,"angle":90,"stand":0}"""), "app-9");
        await _changed.WhenAsync(() => Volatile.Read(ref returned) == 1);
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 5);

        Assert.Equal((2u, 0), (_world.Gateway.Messages[0].Type, Response(_world.Gateway.Messages[0])));
        Assert.Equal([355, 265, 175, 85], shots.Select(static shot => shot.Pan));
        Assert.All(_world.Gateway.Messages, static message => Assert.Equal("app-9", message.DstDeviceId));
        uint[][] headers = [.. _world.Gateway.Messages.Skip(1).Select(static message => Header(message.Data.Span))];
        Assert.Equal([[103, 1, 4, 101], [103, 2, 4, 102], [103, 3, 4, 103], [103, 4, 4, 104]], headers);
        Assert.All(_world.Gateway.Messages.Skip(1), static message => Assert.Equal((4u, message.DataSize), (message.Type, (uint)message.Data.Length)));
        Assert.Equal(Head.ToString(), Updates()[0].GetProperty("deviceAngle").GetString());
    }

    [Theory]
    [InlineData(true, 90)]
    [InlineData(false, 200)]
    public async Task Panorama_DeviceIsOffOrAngleMakesNone_IsAnsweredAsFailed(bool off, int angle)
    {
        AndmuDevice device = await OnlineAsync(new DeviceControlOptions
        {
            Panorama = new PanoramaOptions { Geometry = Head, Take = static (_, _) => new ValueTask<ReadOnlyMemory<byte>>(Jpeg.Of(1)) },
        });
        device.IsOn = !off;

        _world.Gateway.Command(Json.Command(1793, 153, $$"""{"value":1,"angle":{{angle}},"stand":1}"""));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        Assert.Equal(1, Response(_world.Gateway.Messages[0]));
        Assert.Equal(1, device.CommandTotals.Rejected);
    }

    [Fact]
    public async Task Thumbnails_Asked_ComeAtOnceAndEverySpan()
    {
        await OnlineAsync(new DeviceControlOptions
        {
            Thumbnail = static (request, _) => new ValueTask<ReadOnlyMemory<byte>>(Jpeg.Of((byte)request.Width)),
        });

        _world.Gateway.Say(new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevServerCmd,
            DevServerCmd = new DevServerCmd { Type = 9, ThumbnailSpan = 7, ThumbnailWidth = 64, ThumbnailHeight = 36 },
        });
        await _world.Time.PassAsync(TimeSpan.FromSeconds(7));
        await _world.Gateway.WhenAsync(static gateway => gateway.Media.Count == 2);

        Assert.All(_world.Gateway.Media, static package => Assert.Equal((5u, 0u), (package.PackageType, package.Sync)));
        Assert.Equal(Jpeg.Of(64), _world.Gateway.Media[0].Data.ToByteArray());
    }

    [Fact]
    public async Task PersonCount_SpanOfTheLogin_IsReportedWhileSwitchedOn()
    {
        DevLoginResp login = FakeGateway.Accepted;
        login.PersonCountSpan = 60;
        _world.Gateway.Script([.. Enumerable.Repeat(login, 10)]); // should it come again, on a machine that starves it
        int read = 0;
        await OnlineAsync(new DeviceControlOptions
        {
            PersonCounter = () =>
            {
                Interlocked.Increment(ref read);
                _changed.Set();
                return new PersonCounts(3, 5);
            },
        });
        _world.Gateway.Command(Json.Value(92, 1));
        await _changed.WhenAsync(() => Volatile.Read(ref read) == 1);

        await Until.TrueAsync(() => _world.Gateway.Events.Count > 0, _world.Time, TimeSpan.FromSeconds(5));

        Assert.Empty(Updates()); // it was the platform's will
        DevEventCmd report = _world.Gateway.Events[0];
        Assert.Equal((4u, 1u), (report.Type, report.Status));
        JsonElement count = JsonElement.Parse(report.Msg);
        Assert.Equal((3 << 16) | 5, count.GetProperty("count").GetInt32());
        Assert.True(count.GetProperty("stop").GetInt64() - count.GetProperty("start").GetInt64() >= 60);
    }

    [Fact]
    public async Task TalkBack_Packages_ComeToTheHost()
    {
        var heard = new ConcurrentQueue<byte>();
        await OnlineAsync(new DeviceControlOptions
        {
            TalkBackOptions = new TalkBackOptions { Format = TalkBackFormat.ALaw },
            TalkBack = frame =>
            {
                heard.Enqueue(frame.ALaw[0]);
                _changed.Set();
            },
        });

        for (byte pack = 1; pack <= 3; pack++)
        {
            byte[] sound = new byte[160];
            Array.Fill(sound, pack);
            _world.Gateway.Say(new HEDGWMessage
            {
                MessageType = HEDGWMessage.Types.MessageType.TdmediaPackage,
                TdMediaPackage = Audio(RtpPacket.Of(pack, sound), pack),
            });
        }

        await _changed.WhenAsync(() => heard.Count == 3);
        Assert.Equal([1, 2, 3], heard.ToArray());
    }

    [Fact]
    public async Task Statistics_AfterTheFirstNight_AreTold()
    {
        await OnlineAsync(new DeviceControlOptions { SelfDefinedStatistics = static () => """{"lens":"clean"}""" });

        await Until.TrueAsync(() => _world.Gateway.Messages.Count > 0, _world.Time, TimeSpan.FromMinutes(1));
        DevIpCamCmd message = _world.Gateway.Messages[0];
        Assert.Equal(2u, message.Type);
        JsonElement statistics = JsonElement.Parse(message.Msg).GetProperty("statistics");
        Assert.Equal(1, statistics.GetProperty("rebootTimes").GetInt32());
        Assert.InRange(statistics.GetProperty("assignHedgwIpTimes").GetInt32(), 1, 100);
        Assert.Equal("clean", statistics.GetProperty("selfDefine").GetProperty("lens").GetString());
    }

    [Fact]
    public async Task Upgrade_NoInstaller_IsRefusedInItsProgress()
    {
        AndmuDevice device = await OnlineAsync(new DeviceControlOptions());

        _world.Gateway.Command(Upgrade("https://firmware.example/a.bin?sign=CANARY"));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        Assert.Equal(("4", "Refused: no handler."), Progress(_world.Gateway.Messages[0]));
        Assert.Equal(1, device.CommandTotals.Unsupported);
        Assert.DoesNotContain(_world.Log.Lines, static line => line.Text.Contains("CANARY-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upgrade_Malformed_IsRefusedInItsProgress()
    {
        await OnlineAsync(new DeviceControlOptions { Firmware = Firmware() });

        _world.Gateway.Command(Upgrade("ftp://firmware.example/a.bin"));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        (string? status, string? comment) = Progress(_world.Gateway.Messages[0]);
        Assert.Equal("4", status);
        Assert.Contains("url", comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_PlainHttp_IsRefusedByPolicyAndToldToTheHostToo()
    {
        var stages = new ConcurrentQueue<string>();
        AndmuDevice device = _world.Create(_world.Options with { Control = new DeviceControlOptions { Firmware = Firmware() } });
        device.FirmwareProgressed += progress => stages.Enqueue(progress.Stage.ToString());
        await World.StartAsync(device);
        await _world.OnlineAsync();

        _world.Gateway.Command(Upgrade("http://firmware.example/a.bin"));
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        Assert.Equal("4", Progress(_world.Gateway.Messages[0]).Status);
        await Until.TrueAsync(() => !stages.IsEmpty); // the host is told after the platform
        Assert.Equal(["DownloadFailed"], stages);
    }

    [Fact]
    public async Task Upgrade_EndedByARestart_IsToldUntilTheConnectionHasLivedOn()
    {
        Directory.CreateDirectory(_world.Directory);
        string path = Path.Combine(_world.Directory, "upgrade.json");
        await File.WriteAllTextAsync(path, """{"session":"77","kind":1,"newVersion":"1.2.300","stage":5}""");

        await OnlineAsync(new DeviceControlOptions { Firmware = Firmware() });
        await _world.Gateway.WhenAsync(static gateway => gateway.Messages.Count == 1);

        Assert.Equal("7", Progress(_world.Gateway.Messages[0]).Status);
        Assert.Equal(77, JsonElement.Parse(_world.Gateway.Messages[0].Msg).GetProperty("msgSession").GetInt32());
        Assert.True(File.Exists(path));
        await Until.TrueAsync(() => !File.Exists(path), _world.Time, TimeSpan.FromMinutes(1));
    }

    private static TDMediaPackage Audio(byte[] data, uint number) => new()
    {
        PackageType = 1,
        Sync = 0,
        Data = UnsafeByteOperations.UnsafeWrap(data),
        DataSize = (uint)data.Length,
        StartTime = 0,
        SeqNum = number,
    };

    private static string Schedule(string start, string end) => $$"""
        {"valueListNum":1,"valueList":[{"repeat":127,"startTime":"{{start}}","endTime":"{{end}}","status":true,"index":0}]}
        """;

    private static string Upgrade(string url) => Json.Command(4097, -1, $$"""
        {"serviceType":1,"url":"{{url}}","newServiceVersion":"2.0.0","checkSum":"00112233445566778899aabbccddeeff"}
        """);

    private static int Response(DevIpCamCmd message) => JsonElement.Parse(message.Msg).GetProperty("msgContent").GetProperty("response").GetInt32();

    private static (string? Status, string? Comment) Progress(DevIpCamCmd message)
    {
        Assert.Equal(1u, message.Type);
        JsonElement parameters = JsonElement.Parse(message.Msg).GetProperty("msgContent").GetProperty("requestParams");
        return (parameters.GetProperty("status").GetString(), parameters.GetProperty("comment").GetString());
    }

    private static uint[] Header(ReadOnlySpan<byte> data) =>
    [
        BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(data[8..]), BinaryPrimitives.ReadUInt32BigEndian(data[12..]),
    ];

    private FirmwareOptions Firmware() => new()
    {
        StagingDirectory = Path.Combine(_world.Directory, "staging"),
        Installer = static (_, _) => default,
        AllowUnverified = true,
    };

    private List<JsonElement> Updates() =>
        [.. _world.Platform.Calls.Where(static call => call.Name == FakePlatform.Update).Select(static call => call.Request.GetProperty("camParam"))];

    private async Task<AndmuDevice> OnlineAsync(DeviceControlOptions control)
    {
        AndmuDevice device = await _world.StartAsync(_world.Options with { Control = control });
        await _world.OnlineAsync();
        return device;
    }

    private Task WhenLoggedAsync(string text) =>
        Until.TrueAsync(() => _world.Log.Lines.Any(line => line.Text.StartsWith(text, StringComparison.Ordinal)));
}
