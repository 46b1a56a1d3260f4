using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Inspection;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>The journal in a directory that a command line names.</summary>
internal sealed class SpoolDirectory
{
    private SpoolDirectory(SpoolCard card)
    {
        Card = card;
        Segments = [.. card.Segments(SpoolLane.Media), .. card.Segments(SpoolLane.Event)];
    }

    public SpoolCard Card { get; }

    /// <summary>Media, then events; oldest first.</summary>
    public IReadOnlyList<SpoolSegment> Segments { get; }

    /// <summary>Looks at it; writes nothing.</summary>
    /// <exception cref="CliException">There is no such directory, or no journal in it.</exception>
    public static SpoolDirectory Open(string path)
    {
        try
        {
            SpoolCard card = SpoolCard.Open(path);
            return card.HasJournal
                ? new SpoolDirectory(card)
                : throw new CliException(ExitCode.Usage, $"There is no journal in '{path}': name the directory that --spool or the device was given.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException(ExitCode.Usage, error.Message, error);
        }
    }
}
