using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Upload;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Uplink;

/// <summary>
/// What do the steps of the route cost in one thread, from TryWrite to the packet in the transport's block: track, access unit, buffer, policy, cursor, codec? No
/// waking, no session. <see cref="Copies"/> is the least that it can be: into a ring, and out of it into a block.
/// </summary>
[MemoryDiagnoser]
public class RouteBenchmarks
{
    private const int CapacityBytes = 16 * 1024 * 1024;
    private const int IntervalMs = 40;

    private byte[] _key = [];
    private byte[] _picture = [];
    private byte[] _ring = [];
    private FixedBufferWriter _output = new(0);
    private int _at;
    private long _number;
    private MediaTrack? _video;
    private UploadFeed? _feed;

    /// <summary>A P picture.</summary>
    [Params(CodedVideo.PictureBytes)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _picture = CodedVideo.Picture(Bytes);
        _key = CodedVideo.KeyFrame(Bytes);
        _ring = new byte[CapacityBytes];
        _output = new FixedBufferWriter(2 * (Bytes + MediaPackageWriter.MaxOverheadBytes));
        MediaBuffer buffer = new(new MediaBufferOptions { CapacityBytes = CapacityBytes });
        _video = MediaTrack.AddVideo(buffer, VideoCodec.H264);
        MediaCursor cursor = new(buffer, new WakeSignal());
        ClipSchedule clips = new(buffer, new EventRecordingOptions(), static _ => { });
        UploadInputs inputs = new(buffer, clips);
        _feed = new UploadFeed(buffer, cursor, clips, inputs, new CongestionOptions(), double.PositiveInfinity);
        _feed.OnConnected(TimeSpan.Zero);
    }

    /// <summary>The two copies alone.</summary>
    [Benchmark(Baseline = true)]
    public int Copies()
    {
        _at = _at + Bytes > CapacityBytes ? 0 : _at;
        Span<byte> place = _ring.AsSpan(_at, Bytes);
        _picture.CopyTo(place);
        _output.Clear();
        place.CopyTo(_output.GetSpan());
        _at += Bytes;
        return _at;
    }

    /// <summary>The route; every 25th picture is a key frame, which is two packages.</summary>
    [Benchmark]
    public int Route()
    {
        TimeSpan now = TimeSpan.FromMilliseconds(IntervalMs * _number);
        _video!.TryWrite(_number++ % 25 == 0 ? _key : _picture, now);
        _output.Clear();
        _feed!.OnBatch(now);
        while (_feed.TryRead(now, out MediaEntry entry, out ReadOnlySpan<byte> payload, out uint? flag))
        {
            bool keyFrame = entry.IsRandomAccess && entry.PackageType == PackageType.Video;
            MediaPackageWriter.Write(
                _output, new MediaPackageHeader(entry.PackageType, keyFrame, entry.StartTime, entry.SequenceNumber, entry.CaptureTime, flag), payload);
            _feed.Advance(entry);
        }

        return _output.Written.Length;
    }
}
