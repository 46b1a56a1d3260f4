using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Cli.Sources;

/// <summary>Read and cut once, and kept: what is played again and again is then as an encoder gives it, a picture in memory, and the disk is left alone.</summary>
internal sealed class KeptRounds : IVideoRounds
{
    /// <summary>A larger file is read anew each time: two minutes at 4 Mbit/s.</summary>
    public const long MaxFileBytes = 64 * 1024 * 1024;

    private readonly List<byte[]> _units;
    private readonly long _count;
    private long _read;

    private KeptRounds(List<byte[]> units, int times)
    {
        _units = units;
        _count = (long)units.Count * times;
    }

    public ReadOnlyMemory<byte> AccessUnit { get; private set; }

    public bool StartsRound { get; private set; }

    public double Progress => (double)_read / _count;

    /// <summary>Reads the whole file, and closes it.</summary>
    /// <exception cref="MediaFormatException">It is no such video.</exception>
    public static async Task<KeptRounds> ReadAsync(FileStream file, VideoCodec codec, int times, CancellationToken cancellationToken)
    {
        await using var bytes = new RepeatedFile(file, 1);
        var reader = new ElementaryStreamReader(bytes, codec);
        var units = new List<byte[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            units.Add(reader.AccessUnit.ToArray());
        }

        return new KeptRounds(units, times);
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_read >= _count)
        {
            return new ValueTask<bool>(false);
        }

        int unit = (int)(_read % _units.Count);
        AccessUnit = _units[unit];
        StartsRound = unit == 0 && _read > 0;
        _read++;
        return new ValueTask<bool>(true);
    }

    public void Dispose() => AccessUnit = default;
}
