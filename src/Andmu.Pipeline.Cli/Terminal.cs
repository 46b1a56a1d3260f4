namespace Andmu.Pipeline.Cli;

/// <summary>What the command has of the world: where data and log go, and where input and secrets come from. Tests bring their own.</summary>
internal sealed class Terminal
{
    /// <summary>Data. Synchronised.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Log. Synchronised.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>An environment variable, or null.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether somebody watches <see cref="Out"/> on a terminal that can move its cursor.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The clock that the verbs pace by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The terminal, or the pipes, that the process was started with.</summary>
    public static Terminal OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsInteractive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
    };
}
