using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Buffering;

/// <summary>
/// What does the ring cost beyond the copy into it? <see cref="Copy"/> goes round memory of the same size, which no cache holds, with pictures of the same size.
/// </summary>
[MemoryDiagnoser]
public class MediaBufferBenchmarks
{
    private const int CapacityBytes = 16 * 1024 * 1024;
    private const int IntervalMs = 40;

    private byte[] _key = [];
    private byte[] _picture = [];
    private byte[] _ring = [];
    private int _at;
    private long _number;
    private MediaTrack? _video;
    private MediaCursor? _cursor;

    /// <summary>A P picture.</summary>
    [Params(CodedVideo.PictureBytes)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _picture = CodedVideo.Picture(Bytes);
        _key = CodedVideo.KeyFrame(Bytes);
        _ring = new byte[CapacityBytes];
        MediaBuffer buffer = new(new MediaBufferOptions { CapacityBytes = CapacityBytes });
        _video = MediaTrack.AddVideo(buffer, VideoCodec.H264);
        _cursor = new MediaCursor(buffer, new WakeSignal());
    }

    /// <summary>The copy alone.</summary>
    [Benchmark(Baseline = true)]
    public int Copy()
    {
        _at = _at + Bytes > CapacityBytes ? 0 : _at;
        _picture.CopyTo(_ring, _at);
        _at += Bytes;
        return _at;
    }

    /// <summary>An encoder's picture into the ring; what is oldest goes.</summary>
    [Benchmark]
    public WriteResult Write() =>
        _video!.TryWrite(_number % 25 == 0 ? _key : _picture, TimeSpan.FromMilliseconds(IntervalMs * _number++));

    /// <summary>The same, and out of it again by a cursor, which copies nothing.</summary>
    [Benchmark]
    public int WriteAndRead()
    {
        Write();
        int bytes = 0;
        while (_cursor!.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload))
        {
            bytes += payload.Length;
            _cursor.Advance(entry);
        }

        return bytes;
    }
}
