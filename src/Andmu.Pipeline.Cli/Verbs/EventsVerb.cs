using System.CommandLine;
using System.Text.Json;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Remote;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu events</c>: what devices raised at a running gateway.</summary>
internal static class EventsVerb
{
    public static Command Create(Terminal terminal)
    {
        var remote = new RemoteOptions();
        var follow = new Option<bool>("--follow") { Description = "Those to come, too, until Ctrl-C or until the gateway stops." };
        var verb = new Command("events", "Prints the latest events of a running gateway's devices, a line each: device's time (UTC), device, kind, start or end.") { follow };
        remote.AddTo(verb, withDevice: true);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using GatewayClient gateway = remote.Open(parsed);
            bool isJson = remote.IsJson(parsed);
            bool isFollowing = parsed.GetValue(follow);
            try
            {
                await gateway.EventsAsync(remote.Device(parsed), isFollowing, line => Print(terminal, line, isJson), cancellationToken);
            }
            catch (OperationCanceledException) when (isFollowing && cancellationToken.IsCancellationRequested)
            {
                // Ctrl-C is how following ends.
            }

            return (int)ExitCode.Ok;
        });
        return verb;
    }

    private static void Print(Terminal terminal, string line, bool isJson)
    {
        using JsonDocument entry = JsonDocument.Parse(line);
        terminal.Out.WriteLine(isJson ? line : RemoteLines.Event(entry.RootElement));
        terminal.Out.Flush();
    }
}
