using System.CommandLine;
using Andmu.Pipeline.Cli.Logging;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>The options of every verb.</summary>
internal sealed class CommonOptions
{
    private readonly Option<LogLevel?> _logLevel = new("--log-level")
    {
        Description = "What to log on stderr: trace, debug, info, warn, error or none. [default: warn]",
        HelpName = "LEVEL",
        CustomParser = OptionValues.LogLevel,
        Recursive = true,
    };

    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours (also when NO_COLOR is set).", Recursive = true };

    /// <summary>Where an error happened is of use to those who work on the command itself only.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Hidden = true, Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(_logLevel);
        root.Options.Add(_noColor);
        root.Options.Add(Verbose);
    }

    public StderrLoggerFactory CreateLoggers(ParseResult parsed, Terminal terminal) =>
        new StderrLoggerFactory(terminal.Error, parsed.GetValue(_logLevel), terminal.TimeProvider, parsed.GetValue(Verbose));

    // no-color.org: any value but the empty one.
    public bool UsesColor(ParseResult parsed, Terminal terminal) =>
        !parsed.GetValue(_noColor) && string.IsNullOrEmpty(terminal.Variable("NO_COLOR"));
}
