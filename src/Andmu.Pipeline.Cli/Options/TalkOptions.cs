using System.CommandLine;
using Andmu.Pipeline.Cli.Camera;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>What a simulated camera does with what is said to it.</summary>
internal sealed class TalkOptions
{
    private readonly Option<string?> _talk = new("--talk")
    {
        Description = "Write what users say through the camera as WAV (G.711 A-law), an hour at most.",
        HelpName = "FILE",
    };

    public void AddTo(Command verb) => verb.Options.Add(_talk);

    /// <summary>Creates the file, or gives null where none was asked for. The caller closes it.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public WavFile? Create(ParseResult parsed)
    {
        if (parsed.GetValue(_talk) is not { } path)
        {
            return null;
        }

        try
        {
            return new WavFile(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"--talk: '{path}' cannot be written: {error.Message}", error);
        }
    }
}
