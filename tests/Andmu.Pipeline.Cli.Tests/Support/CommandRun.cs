namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>One run of the command inside this process, and what it said.</summary>
internal sealed record CommandRun(ExitCode ExitCode, string Out, string Error)
{
    public string[] OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CommandRun> RunAsync(params string[] args) => RunAsync([], args);

    public static async Task<CommandRun> RunAsync(Dictionary<string, string> variables, params string[] args)
    {
        using var watched = new WatchedTerminal(variables);
        return await watched.RunAsync(args);
    }
}
