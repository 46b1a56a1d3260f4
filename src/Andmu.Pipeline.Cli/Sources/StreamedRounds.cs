using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;

namespace Andmu.Pipeline.Cli.Sources;

/// <summary>Read from the file as it is needed: any size, and pipes.</summary>
internal sealed class StreamedRounds : IVideoRounds
{
    private readonly RepeatedFile _bytes;
    private readonly ElementaryStreamReader _reader;
    private readonly long _totalBytes;
    private bool _startsNext;

    public StreamedRounds(FileStream file, VideoCodec codec, int times)
    {
        _totalBytes = file.CanSeek ? file.Length * times : 0;
        _bytes = new RepeatedFile(file, times);
        _reader = new ElementaryStreamReader(_bytes, codec);
    }

    public ReadOnlyMemory<byte> AccessUnit => _reader.AccessUnit;

    public bool StartsRound { get; private set; }

    public double Progress => _totalBytes == 0 ? 0 : (double)_bytes.BytesRead / _totalBytes;

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        StartsRound = _startsNext;
        int repeats = _bytes.Repeats;
        bool any = await _reader.ReadAsync(cancellationToken);
        // The reader asks for more only when the last access unit is all that it has left: what comes after that one starts the next round.
        _startsNext = _bytes.Repeats != repeats;
        return any;
    }

    public void Dispose() => _bytes.Dispose();
}
