using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;
using Andmu.Pipeline.Media.ParameterSets;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Media;

/// <summary>
/// What do parameter sets cost? They are parsed when they change, once a stream; a camera repeats them before every key frame, and <see cref="Repeated"/> is all
/// that costs then, without allocation.
/// </summary>
[MemoryDiagnoser]
public class ParameterSetBenchmarks
{
    private static readonly byte[] H265Sps =
        Convert.FromHexString("42010101600000030090000003000003003CA00A080F165959A4932BC05A020000030002000003003210");

    private readonly ParameterSetCache _cache = new(VideoCodec.H264);
    private readonly byte[] _destination = new byte[256];

    /// <summary>An H.264 SPS that is new.</summary>
    [Benchmark]
    public int ParseH264() => H264SequenceParameterSet.TryParse(CodedVideo.Sps, out H264SequenceParameterSet? sps) ? sps.Width : 0;

    /// <summary>An H.265 SPS that is new.</summary>
    [Benchmark]
    public int ParseH265() => H265SequenceParameterSet.TryParse(H265Sps, out H265SequenceParameterSet? sps) ? sps.Width : 0;

    /// <summary>SPS and PPS as they were, and both written before a key frame.</summary>
    [Benchmark]
    public int Repeated()
    {
        _cache.Offer(CodedVideo.Sps);
        _cache.Offer(CodedVideo.Pps);
        _cache.AnnexB.CopyTo(_destination);
        return _cache.Version;
    }
}
