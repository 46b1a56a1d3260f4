namespace Andmu.Pipeline.Cli;

/// <summary>Ends the command with one line that says what to do. The message holds no secret.</summary>
internal sealed class CliException(ExitCode exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public ExitCode ExitCode { get; } = exitCode;
}
