namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>Limits of an <see cref="ElementaryStreamReader"/>.</summary>
public sealed record ElementaryStreamReaderOptions
{
    /// <summary>
    /// Most bytes of one access unit; 8 MiB by default, several times the largest key frame of a 4K camera. The reader's buffer grows
    /// with what it meets, to about four times this limit at the most.
    /// </summary>
    public int MaxAccessUnitBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>A sequence parameter set must end within so many bytes, or this is no video; 1 MiB by default.</summary>
    public int MaxProbeBytes { get; init; } = 1024 * 1024;
}
