using System.Globalization;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Logging;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Progress;
using Andmu.Pipeline.Cli.Uplinks;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Gateway;
using Andmu.Pipeline.OpenApi;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Cli.Demo;

/// <summary>Platform and camera in one process, over loopback and real TLS.</summary>
internal sealed class DemoRun(string directory, TimeSpan play, Terminal terminal, StderrLoggerFactory loggers)
{
    // On loopback everything is there within milliseconds; a machine that is busy with other things gets time, and a broken one ends.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time = terminal.TimeProvider;
    private readonly DemoSteps _steps = new();

    public async Task<ExitCode> RunAsync(bool color, CancellationToken cancellationToken)
    {
        var platform = new GatewayOptions { DataDirectory = directory, HedgwPort = 0, OpenApiPort = 0, TimeProvider = _time };
        await using GatewayServer server = await GatewayServer.StartAsync(platform, loggers, cancellationToken);
        server.Noticed += _steps.OnNotice;
        using FeedInput input = await DemoClip.OpenAsync(play, cancellationToken);
        await using var camera = new DeviceUplink(Camera(server), _time, loggers);
        camera.Device.Progress += _steps.OnProgress;
        var feed = new CameraFeed(input, camera, _time);
        _steps.Board.Meter = new ProgressMeter(feed.Counters, camera, _time);
        _steps.OnPlatform(server);
        IProgressView view = ProgressView.For(terminal, terminal.Out, color);
        await view.ShowAsync(_steps.Board, PlayAsync(server, camera, feed, cancellationToken));
        return await SummariseAsync(feed);
    }

    private static AndmuDeviceOptions Camera(GatewayServer server) => new()
    {
        OpenApi = new OpenApiOptions
        {
            Endpoint = server.OpenApiAddress,
            AccessKey = Samples.AccessKey,
            AccessSecret = Samples.AccessSecret,
            DeviceId = Samples.DeviceId,
            DeviceMacAddress = Samples.DeviceMac,
        },
        UserMobile = Samples.UserMobile,
        UserToken = Samples.UserToken,
        DeviceModelId = Samples.DeviceModelId,
        Tls = new TlsConnectorOptions { TrustedRoots = TrustOptions.Load(server.CaPath) },
    };

    private async Task<bool> PlayAsync(GatewayServer server, DeviceUplink camera, CameraFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            await camera.ConnectAsync(cancellationToken);
            loggers.ShowWarnings();
            await feed.RunAsync(cancellationToken);
            bool delivered = await DrainAsync(camera, cancellationToken);
            _steps.OnDelivered(delivered, feed.Counters.Frames, server.Devices is [var session] ? session : null);
        }
        finally
        {
            await camera.StopAsync();
            await server.StopAsync(CancellationToken.None);
            _steps.OnStopped(server.Recordings, feed.Counters.Frames);
        }

        return _steps.Board.AllDone;
    }

    private async Task<bool> DrainAsync(DeviceUplink camera, CancellationToken cancellationToken)
    {
        try
        {
            return await camera.DrainAsync(cancellationToken).WaitAsync(DrainLimit, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<ExitCode> SummariseAsync(CameraFeed feed)
    {
        bool isGood = _steps.Board.AllDone;
        string summary = string.Create(
            CultureInfo.InvariantCulture, $"{feed.Counters.Frames} frames, {play.TotalSeconds:0.#} s, {feed.Counters.Events} event. The recording:");
        await terminal.Out.WriteLineAsync(isGood ? $"Every step worked: {summary}" : $"Not every step worked: {summary}");
        await terminal.Out.WriteLineAsync(_steps.Recording ?? "none");
        return isGood ? ExitCode.Ok : ExitCode.Failure;
    }
}
