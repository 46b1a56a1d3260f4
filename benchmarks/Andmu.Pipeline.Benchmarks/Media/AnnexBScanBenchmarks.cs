using Andmu.Pipeline.Benchmarks.Support;
using Andmu.Pipeline.Media.Bitstream;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Media;

/// <summary>
/// How fast are all NAL units of a stream found: by a loop over bytes, by the runtime's vectorised search, by our reader? GB/s says how much video one
/// core can look through; <see cref="Copy"/> is how fast it can be moved at all.
/// </summary>
[MemoryDiagnoser]
public class AnnexBScanBenchmarks
{
    private byte[] _stream = [];
    private byte[] _destination = [];

    /// <summary>A group of pictures of a second.</summary>
    [Params(400 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _stream = CodedVideo.Stream(Bytes);
        _destination = new byte[Bytes];
    }

    /// <summary>What everyone writes first.</summary>
    [Benchmark(Baseline = true)]
    public int ByteLoop()
    {
        ReadOnlySpan<byte> data = _stream;
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

    /// <summary>The runtime's search for a start code.</summary>
    [Benchmark]
    public int IndexOf()
    {
        ReadOnlySpan<byte> data = _stream;
        ReadOnlySpan<byte> prefix = [0, 0, 1];
        int units = 0;
        for (int i = data.IndexOf(prefix); i >= 0; i = data.IndexOf(prefix))
        {
            data = data[(i + prefix.Length)..];
            units++;
        }

        return units;
    }

    /// <summary>Our reader.</summary>
    [Benchmark]
    public int Reader()
    {
        AnnexBReader reader = new(_stream);
        int units = 0;
        while (reader.TryRead(out _))
        {
            units++;
        }

        return units;
    }

    /// <summary>The copy alone.</summary>
    [Benchmark]
    public int Copy()
    {
        _stream.CopyTo(_destination, 0);
        return _destination.Length;
    }
}
