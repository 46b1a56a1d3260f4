namespace Andmu.Pipeline.Cli.Sources;

/// <summary>Packs of raw G.711 A-law, 8 kHz mono, from a file that may be read several times over; silence where it is too short for the video.</summary>
internal sealed class ALawFile : IDisposable
{
    /// <summary>Time in a pack: one of the two that specification 5.2.3 allows, the one that costs half the packets.</summary>
    public static readonly TimeSpan PackTime = TimeSpan.FromMilliseconds(40);

    // 8000 samples a second of one byte each (ITU-T G.711).
    private const int PackBytes = 320;

    // The level nearest to zero, with the even bits inverted (ITU-T G.711, table 1a).
    private const byte Silence = 0xD5;

    private readonly BufferedStream _file;
    private readonly byte[] _pack = new byte[PackBytes];
    private long _packs;

    public ALawFile(FileStream file) => _file = new BufferedStream(file, InputFile.ReadSize);

    /// <summary>When the next pack is due.</summary>
    public TimeSpan NextTime => _packs * PackTime;

    /// <summary>Takes the next pack; its bytes stay as they are until the next call.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        int read = _file.ReadAtLeast(_pack, PackBytes, throwOnEndOfStream: false);
        _pack.AsSpan(read).Fill(Silence);
        _packs++;
        return _pack;
    }

    /// <summary>Goes back to the beginning of the file; the time goes on.</summary>
    public void Rewind() => _file.Position = 0;

    public void Dispose() => _file.Dispose();
}
