using System.CommandLine;
using System.CommandLine.Parsing;

namespace Andmu.Pipeline.Cli;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class UsageError
{
    /// <summary>One error, and where help is to be had. The parser repeats what it does not know, so a value in it is cut off: it may be a secret.</summary>
    public static string Describe(ParseResult parsed)
    {
        string verb = NameOf(parsed.CommandResult);
        string message = MostTelling(parsed).Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal);
        return $"{verb}: {WithoutValue(message)} See '{verb} --help'.";
    }

    // andmu spool ls
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult above ? $"{NameOf(above)} {command.Command.Name}" : "andmu";

    // What is not known tells more than what is missing in its stead.
    private static ParseError MostTelling(ParseResult parsed) =>
        parsed.UnmatchedTokens is [{ } unknown, ..]
            ? parsed.Errors.FirstOrDefault(error => error.Message.Contains(unknown, StringComparison.Ordinal)) ?? parsed.Errors[0]
            : parsed.Errors[0];

    // Unrecognized command or argument '--acess-secret=XgijVJq7'.  ->  '--acess-secret=...'.
    private static string WithoutValue(string message)
    {
        int option = message.IndexOf("'--", StringComparison.Ordinal);
        int equals = option < 0 ? -1 : message.IndexOf('=', option);
        int end = equals < 0 ? -1 : message.LastIndexOf('\'');
        return end > equals && equals > 0 ? $"{message[..(equals + 1)]}...{message[end..]}" : message;
    }
}
