using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.ParameterSets;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Media;

/// <summary>
/// What does an access unit cost on its way into the buffer? It is looked at up to its first slice and copied once, so <see cref="Inspect"/> must not grow with
/// the picture, and <see cref="WritePicture"/> must be what <see cref="Copy"/> is.
/// </summary>
[MemoryDiagnoser]
public class AccessUnitBenchmarks
{
    private readonly ParameterSetCache _cache = new(VideoCodec.H264);
    private byte[] _accessUnit = [];
    private byte[] _destination = [];

    /// <summary>A P picture, and a key frame with its parameter sets.</summary>
    [Params(CodedVideo.PictureBytes, CodedVideo.KeyFrameBytes)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _accessUnit = Bytes == CodedVideo.KeyFrameBytes ? CodedVideo.KeyFrame(Bytes) : CodedVideo.Picture(Bytes);
        _destination = new byte[Bytes];
    }

    /// <summary>The copy alone.</summary>
    [Benchmark(Baseline = true)]
    public int Copy()
    {
        _accessUnit.CopyTo(_destination, 0);
        return _destination.Length;
    }

    /// <summary>Key frame? Disposable? Which parameter sets?</summary>
    [Benchmark]
    public int Inspect() => AccessUnit.Inspect(VideoCodec.H264, NalFraming.AnnexB, _accessUnit, _cache).PictureBytes;

    /// <summary>The one copy, without the parameter sets.</summary>
    [Benchmark]
    public int WritePicture() => AccessUnit.WritePicture(VideoCodec.H264, NalFraming.AnnexB, _accessUnit, _destination);
}
