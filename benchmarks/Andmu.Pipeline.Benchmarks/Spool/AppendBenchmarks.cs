using Andmu.Pipeline.Spool;
using BenchmarkDotNet.Attributes;

namespace Andmu.Pipeline.Benchmarks.Spool;

/// <summary>
/// What does a record cost the processor from the caller to the card's system call: copied into the queue, checked, wrapped, written? Nothing may be
/// allocated. Whole GOPs are brought to a card that takes everything at once; what a real one takes, <c>benchmarks/spool.sh</c> shows.
/// </summary>
[MemoryDiagnoser]
public class AppendBenchmarks
{
    private const int GopRecords = 50;

    private readonly byte[] _data = new byte[15 * 1024]; // a P picture of 3 Mbit/s
    private readonly SpoolJournal _journal = new(
        new NullStore(), new SpoolOptions { CapacityBytes = 256 * 1024 * 1024, ProbeInterval = TimeSpan.FromHours(1) }, TimeProvider.System, new Random(1));

    private uint _number;

    /// <summary>Mounts the card.</summary>
    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_data);
        Settle();
    }

    /// <summary>One GOP.</summary>
    [Benchmark(OperationsPerInvoke = GopRecords)]
    public long Append()
    {
        long ticket = 0;
        for (int i = 0; i < GopRecords; i++, _number++)
        {
            _journal.TryAppend(new SpoolMedia(2, i == 0, _number, _number, _number), _data, out ticket);
        }

        Settle();
        return ticket;
    }

    private void Settle()
    {
        while (_journal.Engine.Step() == TimeSpan.Zero)
        {
        }
    }
}
