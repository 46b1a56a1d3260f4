using System.CommandLine;
using System.Text.Json;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Remote;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu devices</c>: who is logged in at a running gateway.</summary>
internal static class DevicesVerb
{
    public static Command Create(Terminal terminal)
    {
        var remote = new RemoteOptions();
        var verb = new Command("devices", "Lists the devices that are logged in at a running gateway, and how they do.");
        remote.AddTo(verb, withDevice: false);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using GatewayClient gateway = remote.Open(parsed);
            using JsonDocument document = await gateway.DevicesAsync(cancellationToken);
            JsonElement devices = document.RootElement.GetProperty("devices");
            IEnumerable<string> lines = remote.IsJson(parsed)
                ? devices.EnumerateArray().Select(static device => device.GetRawText())
                : RemoteLines.Devices(devices);
            foreach (string line in lines)
            {
                await terminal.Out.WriteLineAsync(line);
            }

            return (int)ExitCode.Ok;
        });
        return verb;
    }
}
