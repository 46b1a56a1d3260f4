using System.CommandLine;
using Andmu.Pipeline.Cli.Inspection;
using Andmu.Pipeline.Cli.Sources;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu inspect FILE</c>: what is in a captured byte stream.</summary>
internal static class InspectVerb
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A byte stream as it was inside TLS, one direction; - for standard input." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var verb = new Command("inspect", "Prints the packets of a captured byte stream, one line each: offset, length, contents. Secrets are not shown.") { file, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            await using Stream input = path == StandardInput ? terminal.OpenInput() : InputFile.Open(path, "inspect");
            PacketLine line = parsed.GetValue(json) ? PacketLine.Json : PacketLine.Text;
            await PacketListing.WriteAsync(input, path == StandardInput ? "standard input" : path, line, terminal.Out, cancellationToken);
            return (int)ExitCode.Ok;
        });
        return verb;
    }
}
