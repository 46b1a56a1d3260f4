using System.CommandLine;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>A secret: from the command line, else from the environment, where other users of the machine do not see it, else the specification's sample.
/// Help names the sample's origin, and never shows a value.</summary>
internal sealed class SecretOption(string name, string description, string variable, string sample)
{
    public Option<string?> Option { get; } = new(name)
    {
        Description = $"{description} Better given as {variable}. [default: the specification's sample]",
        HelpName = "SECRET",
    };

    public string Read(ParseResult parsed, Terminal terminal) =>
        parsed.GetValue(Option) is { Length: > 0 } given ? given
        : terminal.Variable(variable) is { Length: > 0 } kept ? kept
        : sample;
}
