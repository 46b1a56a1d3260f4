using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks;

/// <summary>
/// What does it cost to find the NAL units of an access unit: by a loop over bytes, by the runtime's vectorised search, by our reader;
/// and what does the uplink pay, which looks only at what stands before the first slice?
/// </summary>
[MemoryDiagnoser]
public class AnnexBBenchmarks
{
    /// <summary>A cropped SPS of 1280x720 and a PPS, as a camera repeats them before every key frame.</summary>
    private static readonly byte[] ParameterSets = Convert.FromHexString(
        "00000001674D401FD9805005BB0110000003001000000303" + "28F1832680" + "0000000168E9732C80");

    private readonly ParameterSetCache _cache = new(VideoCodec.H264);
    private byte[] _accessUnit = [];
    private byte[] _destination = [];

    /// <summary>A P picture of a good camera, and a key frame of 4K.</summary>
    [Params(64 * 1024, 400 * 1024)]
    public int Bytes { get; set; }

    /// <summary>Parameter sets, then four slices of coded-looking bytes: noise with emulation prevention.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _accessUnit = new byte[Bytes];
        random.NextBytes(_accessUnit);
        for (int i = 2; i < Bytes; i++)
        {
            if (_accessUnit[i - 2] == 0 && _accessUnit[i - 1] == 0 && _accessUnit[i] <= 3)
            {
                _accessUnit[i] = 0x80;
            }
        }

        ParameterSets.CopyTo(_accessUnit, 0);
        for (int slice = 0; slice < 4; slice++)
        {
            byte[] start = [0, 0, 0, 1, 0x65, slice == 0 ? (byte)0x88 : (byte)0x08];
            start.CopyTo(_accessUnit, ParameterSets.Length + (slice * Bytes / 4));
        }

        _destination = new byte[Bytes + 64];
    }

    /// <summary>What everyone writes first.</summary>
    [Benchmark(Baseline = true)]
    public int ByteLoop()
    {
        ReadOnlySpan<byte> data = _accessUnit;
        int units = 0;
        for (int i = 0; i + 2 < data.Length; i++)
        {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1)
            {
                units++;
            }
        }

        return units;
    }

    /// <summary>The runtime's search alone.</summary>
    [Benchmark]
    public int IndexOf()
    {
        ReadOnlySpan<byte> data = _accessUnit;
        ReadOnlySpan<byte> prefix = [0, 0, 1];
        int units = 0;
        for (int i = data.IndexOf(prefix); i >= 0; i = data.IndexOf(prefix))
        {
            data = data[(i + 3)..];
            units++;
        }

        return units;
    }

    /// <summary>Our reader over all units.</summary>
    [Benchmark]
    public int Reader()
    {
        AnnexBReader reader = new(_accessUnit);
        int units = 0;
        while (reader.TryRead(out _))
        {
            units++;
        }

        return units;
    }

    /// <summary>Steps 3 to 5 of the route.</summary>
    [Benchmark]
    public int Inspect() => AccessUnit.Inspect(VideoCodec.H264, NalFraming.AnnexB, _accessUnit, _cache).PictureBytes;

    /// <summary>The one copy.</summary>
    [Benchmark]
    public int WritePicture() => AccessUnit.WritePicture(VideoCodec.H264, NalFraming.AnnexB, _accessUnit, _destination);
}
