using Spectre.Console;

namespace Andmu.Pipeline.Cli.Progress;

/// <summary>Chooses how to show progress.</summary>
internal static class ProgressView
{
    /// <summary>Live on the terminal if there is one, else lines.</summary>
    /// <param name="terminal">Where the command runs.</param>
    /// <param name="lines">Where lines go.</param>
    /// <param name="color">Whether colours are wanted.</param>
    public static IProgressView For(Terminal terminal, TextWriter lines, bool color)
    {
        if (!terminal.IsInteractive)
        {
            return new LineView(lines, terminal.TimeProvider);
        }

        var settings = new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(terminal.Out) };
        settings.ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors;
        return new LiveView(AnsiConsole.Create(settings), terminal.TimeProvider);
    }
}
