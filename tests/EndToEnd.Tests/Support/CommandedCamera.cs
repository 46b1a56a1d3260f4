using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests.Support;

/// <summary>A device that is online at a local platform, by the whole way, and writes down every command that it is given.</summary>
internal sealed class CommandedCamera : IAsyncDisposable
{
    public static readonly DeviceAngle Head = new(355, 96, 69, 65, 10, 30);

    private readonly ConcurrentQueue<ControlCommand> _commands = new();
    private readonly TaskCompletionSource _online = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CommandedCamera(LocalPlatform platform, AndmuDevice device)
    {
        Platform = platform;
        Device = device;
        device.Progress += progress =>
        {
            if (progress.Uplink is { State: UplinkState.Online })
            {
                _online.TrySetResult();
            }
        };
        HandleAll();
    }

    public LocalPlatform Platform { get; }

    public AndmuDevice Device { get; }

    /// <summary>What the host was given, in order.</summary>
    public IReadOnlyList<ControlCommand> Commands => [.. _commands];

    public static async Task<CommandedCamera> StartAsync(
        DeviceControlOptions? control = null, Func<AndmuDeviceOptions, AndmuDeviceOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        CommandedCamera camera = await CreateAsync(await LocalPlatform.StartAsync(), control, configure, loggers);
        return camera;
    }

    /// <summary>Another life of a device at a platform that there is.</summary>
    public static async Task<CommandedCamera> CreateAsync(
        LocalPlatform platform, DeviceControlOptions? control = null, Func<AndmuDeviceOptions, AndmuDeviceOptions>? configure = null,
        ILoggerFactory? loggers = null)
    {
        var options = new AndmuDeviceOptions
        {
            OpenApi = new OpenApiOptions
            {
                Endpoint = platform.Server.OpenApiAddress,
                AccessKey = "Zhejian",
                AccessSecret = "XgijVJq7eIp94Ax3cKvq",
                DeviceId = "110234567894562",
                DeviceMacAddress = "2059a074e0bc",
            },
            UserMobile = "13800000000",
            UserToken = "CANARY-user-token",
            DeviceModelId = "Zhejian_zj_cnmobile_001",
            FirmwareVersion = "1.0.0",
            Tls = new TlsConnectorOptions { TrustedRoots = platform.Roots },
            Control = control ?? new DeviceControlOptions(),
        };
        var camera = new CommandedCamera(platform, new AndmuDevice(configure is null ? options : configure(options), loggerFactory: loggers));
        await camera.Device.StartAsync(TestContext.Current.CancellationToken);
        await camera._online.Task.WaitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => platform.Server.Devices.Count == 1);
        return camera;
    }

    /// <summary>Everything that the device has done about commands.</summary>
    public long Settled => Device.CommandTotals is var totals
        ? totals.Done + totals.Malformed + totals.Unsupported + totals.Busy + totals.Rejected + totals.Failed
        : 0;

    /// <summary>Sends a command as it is, and waits until the device is through with it.</summary>
    public async Task SendAsync(string json)
    {
        long before = Settled;
        await Platform.Device.SendCommandAsync(json, "app-7", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Settled > before);
    }

    /// <summary>The next answer to a command; what else the device says is passed over.</summary>
    public async Task<JsonNode> NextAnswerAsync()
    {
        while (true)
        {
            JsonNode message = JsonNode.Parse((await Platform.NextAsync(GatewayNoticeKind.DeviceMessage)).Text)!;
            if (message["msgContent"]?["response"] is not null)
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await Platform.DisposeAsync();
    }

    private void HandleAll()
    {
        MethodInfo handle = typeof(CommandedCamera).GetMethod(nameof(Handle), BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (Type kind in typeof(ControlCommand).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(ControlCommand))))
        {
            handle.MakeGenericMethod(kind).Invoke(this, []);
        }

        Device.Commands.Answer<QueryPtzPosition, PtzPosition>((command, _) => Answer(command, new PtzPosition(-7, 9)));
        Device.Commands.Answer<QuerySdCard, SdCardInfo>((command, _) => Answer(
            command, new SdCardInfo([new CardVolume("/dev/mmcblk0p1", "vfat", 31_914_983_424, 31_914_950_656)])));
        Device.Commands.Answer<QueryWifiList, WifiList>((command, _) => Answer(
            command, new WifiList([new WifiNetwork("家", "14:e6:e4:80:08:d0", "WPA/WPA2", 4, Connected: true)])));
    }

    private void Handle<TCommand>()
        where TCommand : ControlCommand => Device.Commands.Handle<TCommand>((command, _) =>
        {
            _commands.Enqueue(command);
            return default;
        });

    private ValueTask<TAnswer> Answer<TAnswer>(ControlCommand command, TAnswer answer)
    {
        _commands.Enqueue(command);
        return new ValueTask<TAnswer>(answer);
    }
}
