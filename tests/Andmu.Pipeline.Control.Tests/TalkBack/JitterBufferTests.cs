using Andmu.Pipeline.Control.TalkBack;
using CsCheck;

namespace Andmu.Pipeline.Control.Tests.TalkBack;

public sealed class JitterBufferTests
{
    private static readonly JitterBufferOptions Options =
        new() { Capacity = 8, MaxPackBytes = 4, MaxWaitPacks = 3, MaxWait = TimeSpan.FromMilliseconds(60) };

    private readonly JitterBuffer _buffer = new(Options);

    private JitterResult Add(int sequence, int milliseconds = 0) =>
        _buffer.Add((ushort)sequence, (uint)sequence * 160, [(byte)sequence, (byte)(sequence >> 8)], TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Takes all that is due: numbers, each with what is missing in front of it in brackets.</summary>
    private string Drain(int milliseconds = 0)
    {
        var taken = new List<string>();
        while (_buffer.TryTake(TimeSpan.FromMilliseconds(milliseconds), out JitterPack pack))
        {
            Assert.Equal([(byte)pack.Sequence, (byte)(pack.Sequence >> 8)], pack.Payload.ToArray());
            Assert.Equal((uint)pack.Sequence * 160, pack.Timestamp);
            taken.Add(pack.MissingBefore == 0 ? $"{pack.Sequence}" : $"({pack.MissingBefore}){pack.Sequence}");
        }

        return string.Join(' ', taken);
    }

    [Fact]
    public void TryTake_InOrder_AtOnce()
    {
        Add(10);
        Assert.Equal("10", Drain());
        Add(11);
        Add(12);
        Assert.Equal("11 12", Drain());
        Assert.Equal("", Drain());
    }

    [Fact]
    public void TryTake_OutOfOrder_InOrder()
    {
        Add(10);
        Add(12);
        Assert.Equal("10", Drain());
        Add(11);
        Assert.Equal("11 12", Drain());
        Assert.Equal(0, _buffer.MissingCount);
    }

    [Fact]
    public void TryTake_AcrossTheWrap_InOrder()
    {
        Add(65534);
        Add(0);
        Add(65535);
        Add(1);

        Assert.Equal("65534 65535 0 1", Drain());
    }

    [Fact]
    public void TryTake_CapacityNoPowerOfTwo_InOrderAcrossTheWrap()
    {
        var buffer = new JitterBuffer(Options with { Capacity = 7, MaxWaitPacks = 6 });
        var taken = new List<int>();
        foreach (int sequence in (int[])[65530, 65536, 65535, 65534, 65533, 65532, 65531])
        {
            Assert.Equal(JitterResult.Added, buffer.Add((ushort)sequence, 0, [1], TimeSpan.Zero));
        }

        while (buffer.TryTake(TimeSpan.Zero, out JitterPack pack))
        {
            taken.Add(pack.Sequence);
        }

        Assert.Equal([65530, 65531, 65532, 65533, 65534, 65535, 0], taken);
    }

    [Fact]
    public void TryTake_Gap_WaitedForByPacks()
    {
        Add(10);
        Drain();
        Add(12);
        Add(13);
        Assert.Equal("", Drain());
        Add(14);
        Assert.Equal("(1)12 13 14", Drain());
        Assert.Equal(1, _buffer.MissingCount);
    }

    [Fact]
    public void TryTake_Gap_WaitedForByTime()
    {
        Add(10);
        Drain();
        Add(13, milliseconds: 5);
        Assert.Equal("", Drain(milliseconds: 64));
        Assert.Equal("(2)13", Drain(milliseconds: 65));
    }

    [Fact]
    public void Add_AfterItWasGivenUp_Late()
    {
        Add(10);
        Add(12);
        Assert.Equal("10 (1)12", Drain(milliseconds: 60));
        Assert.Equal(JitterResult.Late, Add(11));
        Assert.Equal(JitterResult.Late, Add(12));
        Assert.Equal(2, _buffer.LateCount);
        Assert.Equal("", Drain());
    }

    [Fact]
    public void Add_Twice_Duplicate()
    {
        Add(10);
        Assert.Equal(JitterResult.Duplicate, Add(10));
        Assert.Equal(1, _buffer.DuplicateCount);
        Assert.Equal("10", Drain());
    }

    [Fact]
    public void Add_EdgeOfTheWindow_HeldWithinAndStrayBeyond()
    {
        Add(20);
        Drain();

        Assert.Equal(JitterResult.Stray, Add(21 + Options.Capacity));
        Assert.Equal(JitterResult.Added, Add(20 + Options.Capacity));
        Assert.Equal(JitterResult.Stray, Add(21 - Options.Capacity));
        Assert.Equal(JitterResult.Late, Add(22 - Options.Capacity));
        Assert.Equal(1, _buffer.Count);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(40000)]
    [InlineData(2)]
    public void Add_SequenceJumps_OnePassedOverThenAnew(int jump)
    {
        Add(20);
        Add(22);
        Assert.Equal("20", Drain());

        Assert.Equal(JitterResult.Stray, Add(jump));
        Assert.Equal("", Drain());
        Assert.Equal(JitterResult.Restarted, Add(jump + 1));
        Assert.Equal($"{jump + 1}", Drain());
        Assert.Equal(1, _buffer.MissingCount);
    }

    [Fact]
    public void Add_ForgedJumpsBetween_StreamGoesOn()
    {
        var random = new Random(1);
        for (int sequence = 0; sequence < 1000; sequence++)
        {
            Assert.Equal(JitterResult.Added, Add(sequence));
            Assert.Equal(JitterResult.Stray, Add(sequence + 20_000 + random.Next(20_000)));
            Assert.Equal($"{sequence}", Drain());
        }
    }

    [Fact]
    public void Add_LargerThanAllowed_TooLarge()
    {
        Assert.Equal(JitterResult.TooLarge, _buffer.Add(1, 0, new byte[5], TimeSpan.Zero));
        Assert.Equal(JitterResult.Added, _buffer.Add(1, 0, new byte[4], TimeSpan.Zero));
    }

    [Fact]
    public void Clear_Held_NextIsTheFirst()
    {
        Add(10);
        Add(12);
        _buffer.Clear();

        Assert.Equal(0, _buffer.Count);
        Assert.Equal(JitterResult.Added, Add(5000));
        Assert.Equal("5000", Drain());
    }

    [Theory]
    [InlineData(1, 4, 1, 0)]
    [InlineData(1025, 4, 3, 0)]
    [InlineData(8, 0, 3, 0)]
    [InlineData(8, 65537, 3, 0)]
    [InlineData(8, 4, 0, 0)]
    [InlineData(8, 4, 8, 0)]
    [InlineData(8, 4, 3, -1)]
    public void Constructor_OptionsOutOfBounds_Throws(int capacity, int packBytes, int waitPacks, int wait) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new JitterBuffer(
            new() { Capacity = capacity, MaxPackBytes = packBytes, MaxWaitPacks = waitPacks, MaxWait = TimeSpan.FromMilliseconds(wait) }));

    [Fact]
    public void AddAndTryTake_Steady_NoAllocation()
    {
        int sequence = 0;
        Allocations.AssertNone(() =>
        {
            Span<byte> payload = stackalloc byte[4];
            _buffer.Add((ushort)(sequence + 1), 0, payload, TimeSpan.Zero);
            _buffer.Add((ushort)sequence, 0, payload, TimeSpan.Zero);
            sequence += 2;
            while (_buffer.TryTake(TimeSpan.Zero, out _))
            {
            }
        });
    }

    /// <summary>
    /// Whatever is handed in: what comes out is in order, nothing twice, every gap told, and no more held than there is room for.
    /// </summary>
    [Fact]
    public void AddAndTryTake_AnyOrder_InOrderAndEveryGapTold() => Gen
        .Select(Gen.Int[0, 65535], Gen.Select(Gen.Int[-3, 6], Gen.Int[0, 40]).Array[1, 200])
        .Sample(
            (first, steps) =>
            {
                var buffer = new JitterBuffer(Options);
                var now = TimeSpan.Zero;
                int sequence = first;
                int? last = null;
                long missing = 0;
                foreach ((int step, int wait) in steps)
                {
                    now += TimeSpan.FromMilliseconds(wait);
                    last = buffer.Add((ushort)sequence, 0, [], now) == JitterResult.Restarted ? null : last;
                    sequence += step;
                    Assert.InRange(buffer.Count, 0, Options.Capacity);
                    while (buffer.TryTake(now, out JitterPack pack))
                    {
                        Assert.Equal(pack.MissingBefore + 1, last is { } number ? (ushort)(pack.Sequence - number) : pack.MissingBefore + 1);
                        last = pack.Sequence;
                        missing += pack.MissingBefore;
                    }
                }

                Assert.InRange(buffer.MissingCount, missing, missing + (steps.Length * Options.Capacity));
                Assert.InRange(buffer.Count, 0, Options.MaxWaitPacks);
            },
            iter: 5000);
}
