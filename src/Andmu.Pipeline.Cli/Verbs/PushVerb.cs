using System.CommandLine;
using System.CommandLine.Parsing;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Logging;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Pushing;
using Andmu.Pipeline.Cli.Uplinks;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu push</c>: one simulated camera that plays files.</summary>
internal sealed class PushVerb
{
    // On a home network a backlog of a few seconds is gone in as many; what takes longer is worth hearing of.
    private static readonly TimeSpan DefaultDrain = TimeSpan.FromSeconds(30);

    private readonly FeedOptions _feed = new();
    private readonly UploadOptions _upload = new();

    private readonly Option<HedgwEndpoint?> _gateway = new("--gateway")
    {
        Description = "Log in here at once, with the device token given.",
        HelpName = "HOST:PORT",
        CustomParser = OptionValues.Endpoint,
    };

    private readonly Option<Uri?> _openApi = new("--openapi")
    {
        Description = "Go the whole way: register, read settings, ask for a gateway, log in.",
        HelpName = "URL",
        CustomParser = OptionValues.HttpsAddress,
    };

    private readonly TrustOptions _trust = new();
    private readonly IdentityOptions _identity = new();

    private readonly Option<string?> _state = new("--state")
    {
        Description = "With --openapi: keep the registration here; without it the device registers at every start.",
        HelpName = "DIR",
    };

    private readonly TalkOptions _talk = new();
    private readonly UpgradeOptions _upgrade = new();

    private readonly Option<string?> _spool = new("--spool")
    {
        Description = "A directory as the SD card: what is captured offline is kept there, and delivered behind the live stream when the network is back.",
        HelpName = "DIR",
    };

    private readonly Option<TimeSpan?> _drain = new("--drain")
    {
        Description = "How long to wait at the end until everything is delivered. [default: 30]",
        HelpName = "SECONDS",
        CustomParser = OptionValues.Seconds(0, 86400),
    };

    private readonly Option<string?> _stats = new("--stats") { Description = "Write figures as JSON.", HelpName = "FILE" };

    public static Command Create(Terminal terminal, CommonOptions common)
    {
        var options = new PushVerb();
        var verb = new Command("push", "Plays a file as a camera would, to a platform, and does what apps ask of it. Ends when everything is delivered.");
        options.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using StderrLoggerFactory loggers = common.CreateLoggers(parsed, terminal);
            return (int)await options.RunAsync(parsed, common, terminal, loggers, cancellationToken);
        });
        return verb;
    }

    private void AddTo(Command verb)
    {
        _feed.AddTo(verb);
        _upload.AddTo(verb);
        verb.Options.Add(_gateway);
        verb.Options.Add(_openApi);
        _trust.AddTo(verb);
        _identity.AddTo(verb);
        verb.Options.Add(_state);
        _talk.AddTo(verb);
        _upgrade.AddTo(verb);
        verb.Options.Add(_spool);
        verb.Options.Add(_drain);
        verb.Options.Add(_stats);
        verb.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        _upload.Validate(result, _feed.IsInRealTime(result));
        if (result.GetResult(_gateway) is null == result.GetResult(_openApi) is null)
        {
            result.AddError("say where to: --gateway HOST:PORT or --openapi URL, one of the two.");
        }

        if (result.GetResult(_state) is not null && result.GetResult(_openApi) is null)
        {
            result.AddError("--state keeps a registration, and only --openapi registers: leave it out with --gateway.");
        }
    }

    private async Task<ExitCode> RunAsync(
        ParseResult parsed, CommonOptions common, Terminal terminal, StderrLoggerFactory loggers, CancellationToken cancellationToken)
    {
        using FeedInput input = await _feed.OpenAsync(parsed, cancellationToken);
        using StatisticsFile? stats = parsed.GetValue(_stats) is { } path ? StatisticsFile.Create(_stats.Name, path) : null;
        using WavFile? talk = _talk.Create(parsed);
        using FirmwareStaging staging = FirmwareStaging.In(parsed.GetValue(_state));
        SimulatedCamera camera = CreateCamera(input, talk, terminal);
        FirmwareOptions firmware = _upgrade.Read(parsed, new CameraFirmware(terminal.Error.WriteLine), staging, _trust.Read(parsed));
        await using SdCard? card = parsed.GetValue(_spool) is { } spool ? new SdCard(spool, timeProvider: terminal.TimeProvider) : null;
        await using ICameraUplink uplink = CreateUplink(parsed, input, camera.ToControlOptions(firmware, card), terminal, loggers);
        Connect(camera, uplink, hasRealCard: card is not null);
        var run = new PushRun(input, uplink, camera.Card, parsed.GetValue(_drain) ?? DefaultDrain, terminal, common.UsesColor(parsed, terminal));
        await uplink.ConnectAsync(cancellationToken);
        loggers.ShowWarnings();
        return await run.RunAsync(stats, cancellationToken);
    }

    private static SimulatedCamera CreateCamera(FeedInput input, WavFile? talk, Terminal terminal) => new(
        input.Video.Format, new CameraSpeaker(terminal.TimeProvider, talk), terminal.Error.WriteLine, terminal.TimeProvider, new Random());

    private static void Connect(SimulatedCamera camera, ICameraUplink uplink, bool hasRealCard)
    {
        camera.AnswerTo(uplink.Commands, hasRealCard);
        camera.StatusChanged += uplink.ReportStatus;
        camera.ResolutionSet += message => uplink.TrySend(message);
        if (!hasRealCard)
        {
            camera.OnStarted();
        }
    }

    private ICameraUplink CreateUplink(
        ParseResult parsed, FeedInput input, DeviceControlOptions control, Terminal terminal, ILoggerFactory loggers)
    {
        if (parsed.GetValue(_gateway) is { } gateway)
        {
            var uplink = new UplinkOptions
            {
                Credentials = _identity.Credentials(parsed, terminal),
                Stream = new StreamDescription { VideoCodec = input.Video.Codec },
                EventRecording = _upload.EventRecording(parsed),
            };
            uplink = uplink with { CatchUpRate = _upload.CatchUpRate(parsed, input.InRealTime, uplink.CatchUpRate) };
            return new DirectUplink(gateway, uplink, _trust.CreateConnector(parsed), control, terminal.TimeProvider, loggers);
        }

        var device = new AndmuDeviceOptions
        {
            OpenApi = _identity.OpenApi(parsed, terminal, parsed.GetRequiredValue(_openApi)!),
            UserMobile = _identity.User(parsed),
            UserToken = _identity.UserToken(parsed, terminal),
            DeviceModelId = _identity.Model(parsed),
            DeviceComment = SimulatedCamera.Comment,
            Capabilities = SimulatedCamera.Capabilities,
            StateDirectory = parsed.GetValue(_state),
            VideoCodec = input.Video.Codec,
            EventRecording = _upload.EventRecording(parsed),
            Control = control,
            Tls = _trust.Read(parsed),
            Connector = _trust.CreateConnector(parsed),
        };
        device = device with { CatchUpRate = _upload.CatchUpRate(parsed, input.InRealTime, device.CatchUpRate) };
        return new DeviceUplink(device, terminal.TimeProvider, loggers);
    }
}
