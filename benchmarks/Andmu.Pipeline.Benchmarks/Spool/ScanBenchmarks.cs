using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Reading;
using Andmu.Pipeline.Spool.Storage;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Spool;

/// <summary>
/// How fast is a segment of 16 MiB read and checked that the system has in memory: whole, and with damage in every other block? A gibibyte a
/// second is wanted, 16 ms: then recovery and reading are as fast as the card.
/// </summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private readonly SegmentScanner _scanner = new(2 * 1024 * 1024);
    private string _directory = string.Empty;
    private IBlockFile? _file;

    /// <summary>A P picture of a good camera, and sound.</summary>
    [Params(64 * 1024, 200)]
    public int RecordBytes { get; set; }

    /// <summary>Whether bits have flipped.</summary>
    [Params(false, true)]
    public bool IsDamaged { get; set; }

    /// <summary>Writes the segment.</summary>
    [GlobalSetup]
    public void Setup()
    {
        byte[] content = Segment();
        for (int at = Layout.BlockBytes; IsDamaged && at < content.Length; at += 2 * Layout.BlockBytes)
        {
            content[at] ^= 1;
        }

        _directory = Directory.CreateTempSubdirectory("andmu-scan-").FullName;
        string name = SegmentName.Of(1, SpoolLane.Media);
        File.WriteAllBytes(Path.Combine(_directory, name), content);
        new FileBlockStore(_directory, requireMountPoint: false).Open(name, writable: false, out _file);
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _file?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>All of it.</summary>
    [Benchmark]
    public int Scan()
    {
        int records = 0;
        _scanner.Start(_file!, salt: 1, Layout.BlockBytes, after: 0);
        while (_scanner.Next(long.MaxValue, out _) == ScanResult.Record)
        {
            records++;
        }

        return records;
    }

    private byte[] Segment()
    {
        byte[] content = new byte[Layout.SegmentBytes];
        var random = new Random(1);
        ulong sequence = 0;
        for (int at = Layout.BlockBytes; at + RecordHeader.Size + RecordBytes <= content.Length; at += RecordHeader.Size + RecordBytes)
        {
            Span<byte> payload = content.AsSpan(at + RecordHeader.Size, RecordBytes);
            random.NextBytes(payload);
            new RecordHeader(1, ++sequence, RecordBytes, RecordType.Media, RecordFlags.None, Crc32C.Of(payload)).Write(content.AsSpan(at));
        }

        return content;
    }
}
