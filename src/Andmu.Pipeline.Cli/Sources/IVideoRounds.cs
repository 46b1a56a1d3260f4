namespace Andmu.Pipeline.Cli.Sources;

/// <summary>The access units of a video, once or several times over.</summary>
internal interface IVideoRounds : IDisposable
{
    /// <summary>The access unit read last; holds until the next <see cref="ReadAsync"/>.</summary>
    ReadOnlyMemory<byte> AccessUnit { get; }

    /// <summary>Whether the access unit read last is the first of the second or a later round.</summary>
    bool StartsRound { get; }

    /// <summary>How much has been read: 0 to 1; 0 where the end is not known.</summary>
    double Progress { get; }

    /// <summary>Takes the next access unit.</summary>
    /// <returns>False at the end of the last round.</returns>
    /// <exception cref="Media.MediaFormatException">What is read is no such video.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
