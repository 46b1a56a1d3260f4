namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>Limits of an <see cref="ElementaryStreamReader"/>.</summary>
public sealed record ElementaryStreamReaderOptions
{
    /// <summary>
    /// Most bytes of one access unit; 8 MiB by default, four times the largest key frame of a 4K camera. The reader holds about twice
    /// as much at the most.
    /// </summary>
    public int MaxAccessUnitBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>A sequence parameter set must end within so many bytes, or the file is taken for something else; 1 MiB by default.</summary>
    public int MaxProbeBytes { get; init; } = 1024 * 1024;
}
