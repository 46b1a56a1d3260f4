using System.CommandLine;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Verbs;

namespace Andmu.Pipeline.Cli;

/// <summary>The command <c>andmu</c>: from arguments to an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one verb.</summary>
    /// <param name="args">The arguments after the command's name.</param>
    /// <param name="terminal">Where to write, and whence to read.</param>
    /// <param name="cancellationToken">Ctrl-C: the verb stops in order.</param>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var common = new CommonOptions();
        ParseResult parsed = Create(terminal, common).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await terminal.Error.WriteLineAsync(UsageError.Describe(parsed));
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals are Program's
            };
            return (ExitCode)await parsed.InvokeAsync(configuration, cancellationToken);
        }
#pragma warning disable CA1031 // the last line of defence: whatever it was, the user gets one line and an exit code
        catch (Exception error)
#pragma warning restore CA1031
        {
            return await ErrorReport.WriteAsync(error, terminal, parsed.GetValue(common.Verbose), cancellationToken);
        }
    }

    private static RootCommand Create(Terminal terminal, CommonOptions common)
    {
        var root = new RootCommand("Sends a camera's live video to the Andmu/Hemu cloud, or to a local platform for development.")
        {
            DemoVerb.Create(terminal, common),
            GatewayVerb.Create(terminal, common),
            PushVerb.Create(terminal, common),
            LoadVerb.Create(terminal, common),
            InspectVerb.Create(terminal),
            SpoolVerb.Create(terminal),
            SendVerb.Create(terminal),
            DevicesVerb.Create(terminal),
            EventsVerb.Create(terminal),
        };
        common.AddTo(root);
        return root;
    }
}
