using System.Diagnostics;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

/// <summary>What an encoder's thread pays for a write while a reader fights it for the lock: reads all, copies out, falls behind, is overrun,
/// and is sent back by events.</summary>
[Collection(Allocation.Name)]
public sealed class MediaTrackLoadTests(ITestOutputHelper output)
{
    private const int Writes = 2_000;
    private const int Rounds = 200;
    private const int RoundsThatCount = 10;
    private const int ReadsThatCount = 200;
    private const int WritesThatCount = Writes * 9 / 10;
    private const double Bound = 5;
    private const double Percentile = 0.999;

    private readonly long[] _copies = new long[Writes];
    private readonly long[] _writes = new long[Writes];
    private readonly MediaBuffer _buffer = new(new MediaBufferOptions { CapacityBytes = 64 * 1024 * 1024 });

    /// <summary>The median and the 99.9th percentile of a write are within five times those of a copy of the same bytes into a ring of the same
    /// size; copies and writes take turns, so that what else runs on the machine hits both.</summary>
    /// <remarks>Both tails are the scheduler's as well as ours: on a busy machine of two cores a thread that loses its core, or waits for one that
    /// has lost it inside the lock, does so for milliseconds, and two of these in a round are the percentile. So rounds are short, and the
    /// best of the writes is held against the best of the copies: what a write itself costs, every round shows; what the machine does, not
    /// every one. A round in which the reader got no core to fight from does not count, for either; nor does one in which it lost its core for so
    /// long, in the middle of an entry, that the ring came round to it and many writes were refused.</remarks>
    [Fact]
    public void TryWrite_UnderLoad_AllocatesNothingAndCostsAFewCopies()
    {
        MediaTrack video = MediaTrack.AddVideo(_buffer, VideoCodec.H264);
        byte[][] units = [H264.Key(0, 60_000), H264.Picture(1, 20_000), H264.Picture(2, 40_000), H264.Picture(3, 30_000), H264.Picture(4, 20_000)];
        byte[] ring = GC.AllocateUninitializedArray<byte>(_buffer.Options.CapacityBytes, pinned: true);
        using var reader = new Reader(_buffer);
        var copy = new Cost();
        var write = new Cost();
        long allocated = long.MaxValue;
        int counted = 0;
        Round(video, units, ring); // warms up
        for (int round = 0; round < Rounds && (counted < RoundsThatCount || !write.IsWithin(copy)); round++)
        {
            long reads = reader.Reads;
            long before = GC.GetAllocatedBytesForCurrentThread();
            int written = Round(video, units, ring);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            if (reader.Reads - reads >= ReadsThatCount && written >= WritesThatCount)
            {
                counted++;
                copy.Add(_copies);
                write.Add(_writes);
            }
        }

        output.WriteLine($"{counted} rounds of {Writes}: copy {copy}, write {write}; {allocated} bytes allocated");
        output.WriteLine($"{reader.Reads} read, {_buffer.Drops.Total.Packages} dropped for want of room or of time");
        Assert.Equal(0, allocated);
        Assert.InRange(counted, 1, Rounds);
        Assert.True(write.IsWithin(copy), $"copy {copy}, write {write}");
    }

    private int Round(MediaTrack video, byte[][] units, byte[] ring)
    {
        int at = 0;
        int written = 0;
        for (int i = 0; i < Writes; i++)
        {
            byte[] unit = units[i % 25 == 0 ? 0 : 1 + (i % 4)];
            at = at + unit.Length > ring.Length ? 0 : at;
            long start = Stopwatch.GetTimestamp();
            unit.CopyTo(ring.AsSpan(at));
            long copied = Stopwatch.GetTimestamp();
            written += video.TryWrite(unit, TimeSpan.FromMilliseconds(40 * i)) == WriteResult.Written ? 1 : 0;
            _writes[i] = Stopwatch.GetTimestamp() - copied;
            _copies[i] = copied - start;
            at += unit.Length;
        }

        return written;
    }

    /// <summary>The best round's.</summary>
    private sealed class Cost
    {
        private TimeSpan _median = TimeSpan.MaxValue;
        private TimeSpan _tail = TimeSpan.MaxValue;

        public void Add(long[] times)
        {
            Array.Sort(times);
            _median = Least(_median, times[times.Length / 2]);
            _tail = Least(_tail, times[(int)(Percentile * times.Length)]);
        }

        public bool IsWithin(Cost other) => _median <= Bound * other._median && _tail <= Bound * other._tail;

        public override string ToString() => $"{_median.TotalMicroseconds:0.0} µs, 99.9 %: {_tail.TotalMicroseconds:0.0} µs";

        private static TimeSpan Least(TimeSpan best, long time) => new(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(0, time).Ticks));
    }

    /// <summary>As a send loop, but looks again at once when it has read all, so that it keeps its core and comes to the lock as often as it can.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly MediaCursor _cursor;
        private readonly Thread _thread;
        private long _reads;
        private volatile bool _stop;

        public Reader(MediaBuffer buffer)
        {
            _cursor = new MediaCursor(buffer, new WakeSignal());
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        public long Reads => Interlocked.Read(ref _reads);

        public void Dispose()
        {
            _stop = true;
            _thread.Join();
        }

        private void Run()
        {
            byte[] scratch = new byte[64 * 1024];
            while (!_stop)
            {
                if (!_cursor.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload))
                {
                    Thread.SpinWait(100);
                    continue;
                }

                payload.CopyTo(scratch);
                _cursor.Advance(entry);
                if (Interlocked.Increment(ref _reads) % 100 == 0)
                {
                    _cursor.ResumeAt(new MediaMark(_cursor.Position - 60, _cursor.Passed, 0));
                }
            }
        }
    }
}
