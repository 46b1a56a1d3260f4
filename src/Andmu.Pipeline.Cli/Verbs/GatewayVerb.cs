using System.CommandLine;
using System.Net;
using Andmu.Pipeline.Cli.Logging;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Gateway;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu gateway</c>: the local platform, until Ctrl-C.</summary>
internal sealed class GatewayVerb
{
    private const string AllOfTheCard = "all";
    private const string EventsOfTheCard = "events";

    private readonly Option<string> _data = new("--data")
    {
        Description = "Where certificates, registrations, events and recordings go.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "andmu-gateway",
    };

    private readonly Option<IPAddress?> _host = new("--host")
    {
        Description = "The address to listen on.",
        HelpName = "ADDRESS",
        CustomParser = OptionValues.Address,
        DefaultValueFactory = _ => IPAddress.Loopback,
    };

    private readonly Option<int> _hedgwPort = Port("--hedgw-port", "TCP port of the HEDGW channel; 0 for any free one.", 50922);
    private readonly Option<int> _openApiPort = Port("--openapi-port", "TCP port of the OpenAPI; 0 for any free one.", 8443);

    private readonly Option<int> _controlPort = Port("--control-port", "TCP port on 127.0.0.1 for 'andmu send', 'devices' and 'events'; 0 for any free one.", 0);

    private readonly Option<string> _plan = new("--plan")
    {
        Description = "The plan of every device.",
        DefaultValueFactory = _ => "cloud",
    };

    private readonly Option<string> _cardUpload = new("--card-upload")
    {
        Description = "What devices deliver of an outage from their card: all, or what belongs to events alone (sd_upload_mode 1 or 2).",
        DefaultValueFactory = _ => AllOfTheCard,
    };

    private readonly Option<bool> _requireRegistration = new("--require-registration")
    {
        Description = "Refuse device tokens that this platform did not issue. Without it any is taken, so that push --gateway works at once.",
    };

    private readonly PlatformScriptOptions _script = new();
    private readonly VendorOptions _vendor = new();

    private GatewayVerb()
    {
        _plan.AcceptOnlyFromAmong(PlanNames.All);
        _cardUpload.AcceptOnlyFromAmong(AllOfTheCard, EventsOfTheCard);
    }

    public static Command Create(Terminal terminal, CommonOptions common)
    {
        var options = new GatewayVerb();
        var verb = new Command("gateway", "Runs a local platform for development, until Ctrl-C: OpenAPI, HEDGW channel, recorder. Prints 'ready' and then what happens.")
        {
            options._data, options._host, options._hedgwPort, options._openApiPort, options._controlPort, options._plan, options._cardUpload,
            options._requireRegistration,
        };
        options._script.AddTo(verb);
        options._vendor.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using StderrLoggerFactory loggers = common.CreateLoggers(parsed, terminal);
            return (int)await options.RunAsync(parsed, terminal, loggers, cancellationToken);
        });
        return verb;
    }

    private static Option<int> Port(string name, string description, int value) => new(name)
    {
        Description = description,
        HelpName = "PORT",
        CustomParser = OptionValues.Whole(0, 65535),
        DefaultValueFactory = _ => value,
    };

    private async Task<ExitCode> RunAsync(ParseResult parsed, Terminal terminal, StderrLoggerFactory loggers, CancellationToken cancellationToken)
    {
        await using GatewayServer server = await GatewayServer.StartAsync(Read(parsed, terminal), loggers, cancellationToken);
        _script.Apply(parsed, server.Faults);
        loggers.ShowWarnings();
        (string host, int port) = server.HedgwEndpoint;
        await terminal.Out.WriteLineAsync($"ready hedgw={new HedgwEndpoint(host, port)} openapi={server.OpenApiAddress} ca={server.CaPath}");
        await terminal.Out.FlushAsync(cancellationToken);
        server.Noticed += (_, notice) => NoticeLine.Write(terminal.Out, notice);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
        await server.StopAsync(CancellationToken.None);
        return ExitCode.Ok;
    }

    private GatewayOptions Read(ParseResult parsed, Terminal terminal) => new()
    {
        DataDirectory = parsed.GetRequiredValue(_data),
        Host = parsed.GetRequiredValue(_host) ?? IPAddress.Loopback,
        HedgwPort = parsed.GetValue(_hedgwPort),
        OpenApiPort = parsed.GetValue(_openApiPort),
        ControlPort = parsed.GetValue(_controlPort),
        Plan = PlanNames.Find(parsed.GetRequiredValue(_plan)) ?? Gateway.DevicePlan.Cloud,
        SdUploadEventsOnly = parsed.GetRequiredValue(_cardUpload) == EventsOfTheCard,
        Script = _script.Script(parsed),
        AccessKey = _vendor.AccessKey(parsed),
        AccessSecret = _vendor.AccessSecret(parsed, terminal),
        RequireRegistration = parsed.GetValue(_requireRegistration),
        TimeProvider = terminal.TimeProvider,
    };
}
