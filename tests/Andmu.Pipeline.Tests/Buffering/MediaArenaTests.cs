using Andmu.Pipeline.Buffering;
using CsCheck;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaArenaTests
{
    private const int Capacity = 100;

    private readonly record struct Block(int Offset, int Length, byte Fill)
    {
        public int End => Offset + Length;

        public bool Overlaps(Block other) => Offset < other.End && other.Offset < End;
    }

    /// <summary>Any sequence of takes and returns: what is given out is in bounds, in one piece, apart from all that is still out and
    /// stays as it was written; a take is refused only where a naive ring would refuse it; in the end all of it is free again.</summary>
    [Fact]
    public void TakeAndReturn_AnySequence_BehavesAsTheNaiveModel() =>
        Gen.Select(Gen.Bool, Gen.Int[1, Capacity]).Array[0, 200].Sample(steps =>
        {
            var arena = new MediaArena(Capacity);
            var live = new Queue<Block>();
            byte fill = 0;
            foreach ((bool take, int length) in steps)
            {
                if (take)
                {
                    Take(arena, live, length, ++fill);
                }
                else if (live.TryDequeue(out Block oldest))
                {
                    GiveBack(arena, oldest);
                }

                Assert.InRange(arena.Used, live.Sum(b => b.Length), Capacity);
            }

            while (live.TryDequeue(out Block oldest))
            {
                GiveBack(arena, oldest);
            }

            Assert.Equal(0, arena.Used);
            Assert.True(arena.TryTake(Capacity, out int offset));
            Assert.Equal(0, offset);
        });

    [Fact]
    public void TryTake_MoreThanTheCapacity_IsRefused() => Assert.False(new MediaArena(Capacity).TryTake(Capacity + 1, out _));

    [Fact]
    public void Return_BlockTakenInOneAndGivenBackInTwo_IsFreeAgain()
    {
        var arena = new MediaArena(Capacity);
        Assert.True(arena.TryTake(70, out int first));
        arena.Return(first, 10); // parameter sets and their picture are taken together and leave one by one
        arena.Return(first + 10, 60);
        Assert.Equal(0, arena.Used);
    }

    private static void Take(MediaArena arena, Queue<Block> live, int length, byte fill)
    {
        bool fits = FitsNaively(live, length);
        Assert.Equal(fits, arena.TryTake(length, out int offset));
        if (!fits)
        {
            return;
        }

        var block = new Block(offset, length, fill);
        Assert.InRange(block.Offset, 0, Capacity - length);
        Assert.DoesNotContain(live, other => other.Overlaps(block));
        arena.Span(offset, length).Fill(fill);
        live.Enqueue(block);
    }

    private static bool FitsNaively(Queue<Block> live, int length)
    {
        if (live.Count == 0)
        {
            return length <= Capacity;
        }

        int tail = live.Peek().Offset;
        int head = live.Last().End;
        return head > tail ? length <= Capacity - head || length <= tail : length <= tail - head;
    }

    private static void GiveBack(MediaArena arena, Block block)
    {
        Assert.Equal(-1, arena.Span(block.Offset, block.Length).IndexOfAnyExcept(block.Fill));
        arena.Return(block.Offset, block.Length);
    }
}
