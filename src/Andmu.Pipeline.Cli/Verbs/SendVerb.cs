using System.CommandLine;
using System.Text.Json;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Remote;
using Andmu.Pipeline.Gateway.Commands;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu send</c>: a command to a device, as an app or the platform sends it, and its answer.</summary>
internal sealed class SendVerb
{
    private readonly Argument<string?> _command = new("COMMAND")
    {
        Description = "What to send; --list shows all.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string[]> _parameters = new("KEY=VALUE")
    {
        Description = "The command's parameters.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "How long to wait for the answer, s.",
        HelpName = "S",
        CustomParser = OptionValues.Seconds(0.1, 3600),
        DefaultValueFactory = static _ => TimeSpan.FromSeconds(10),
    };

    private readonly Option<bool> _list = new("--list") { Description = "Print every command with its parameters, and send none." };
    private readonly RemoteOptions _remote = new();

    private SendVerb()
    {
    }

    public static Command Create(Terminal terminal)
    {
        var options = new SendVerb();
        var verb = new Command(
            "send",
            "Sends a command to a device at a running gateway and prints its answer. --device may be left out when one is logged in. Exit code 1: the device said no, not as specified, or nothing in time.")
        {
            options._command, options._parameters, options._timeout, options._list,
        };
        options._remote.AddTo(verb, withDevice: true);
        verb.SetAction(async (parsed, cancellationToken) => (int)await options.RunAsync(parsed, terminal, cancellationToken));
        return verb;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_list))
        {
            await ListAsync(terminal);
            return ExitCode.Ok;
        }

        if (parsed.GetValue(_command) is not { } name)
        {
            throw new CliException(ExitCode.Usage, "Say what to send; 'andmu send --list' shows all commands.");
        }

        Dictionary<string, string> parameters = ReadParameters(parsed.GetValue(_parameters) ?? []);
        if (!PlatformCommand.TryCreate(name, parameters, out _, out string problem))
        {
            throw new CliException(ExitCode.Usage, problem);
        }

        using GatewayClient gateway = _remote.Open(parsed);
        string device = await DeviceChoice.FindAsync(gateway, _remote.Device(parsed), cancellationToken);
        using JsonDocument answer = await gateway.CommandAsync(
            device, name, parameters, parsed.GetValue(_timeout)!.Value, cancellationToken);
        await terminal.Out.WriteLineAsync(_remote.IsJson(parsed) ? answer.RootElement.GetRawText() : RemoteLines.Answer(answer.RootElement));
        return answer.RootElement.GetProperty("outcome").GetString() is nameof(CommandOutcome.Sent) or nameof(CommandOutcome.Succeeded)
            ? ExitCode.Ok
            : ExitCode.Failure;
    }

    // What is wrong is said without the value: it may be the key of a network.
    private static Dictionary<string, string> ReadParameters(string[] texts)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CliException(ExitCode.Usage, "Parameters are written KEY=VALUE, such as value=on.");
            }

            if (!parameters.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new CliException(ExitCode.Usage, $"'{text[..equals]}' is given twice.");
            }
        }

        return parameters;
    }

    private static async Task ListAsync(Terminal terminal)
    {
        foreach (CommandDefinition command in CommandCatalog.All)
        {
            await terminal.Out.WriteLineAsync(command.Answer == AnswerKind.None
                ? $"{command.Name}: {command.Description}"
                : $"{command.Name}: {command.Description} Waits for the answer.");
            foreach (CommandParameter parameter in command.Parameters)
            {
                await terminal.Out.WriteLineAsync(parameter.Default is { } standard
                    ? $"    [{parameter.Name}={parameter.Values}] default: {(standard.Length == 0 ? "empty" : standard)}"
                    : $"    {parameter.Name}={parameter.Values}");
            }
        }
    }
}
