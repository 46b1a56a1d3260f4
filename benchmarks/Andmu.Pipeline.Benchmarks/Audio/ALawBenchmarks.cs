using Andmu.Pipeline.Media.Audio;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Audio;

/// <summary>
/// What does G.711 cost, for a pack of 20 ms: coded by arithmetic, decoded by a table? A channel has 50 of them a second each way, so a microsecond is 0.005 % of a
/// core.
/// </summary>
[MemoryDiagnoser]
public class ALawBenchmarks
{
    private byte[] _codes = [];
    private short[] _samples = [];

    /// <summary>Codes: one a sample.</summary>
    [Params(160)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _codes = new byte[Bytes];
        new Random(1).NextBytes(_codes);
        _samples = new short[Bytes];
        ALaw.Decode(_codes, _samples);
    }

    /// <summary>Linear to A-law.</summary>
    [Benchmark]
    public int Encode()
    {
        ALaw.Encode(_samples, _codes);
        return _codes[0];
    }

    /// <summary>A-law to linear.</summary>
    [Benchmark]
    public int Decode()
    {
        ALaw.Decode(_codes, _samples);
        return _samples[0];
    }
}
