using Andmu.Pipeline.Control.Regions;
using CsCheck;

namespace Andmu.Pipeline.Control.Tests.Regions;

public sealed class MotionRegionsTests
{
    private const int AllBits = (1 << MotionRegions.BlockCount) - 1;

    private static readonly Gen<MotionRegions> Sets = Gen.Int[0, AllBits].Select(MotionRegions.FromMask);

    // 5.1.5: numbered from left to right in the shape of an S.
    private static readonly int[][] Serpentines = [[1, 2, 3, 4, 5], [10, 9, 8, 7, 6], [11, 12, 13, 14, 15], [20, 19, 18, 17, 16], [21, 22, 23, 24, 25]];

    [Fact]
    public void FromNumbers_EachBlock_AtItsPlace()
    {
        for (int row = 0; row < MotionRegions.Side; row++)
        {
            for (int column = 0; column < MotionRegions.Side; column++)
            {
                var block = MotionRegions.FromNumbers([Serpentines[row][column]]);

                Assert.Equal(1, block.Count);
                Assert.True(block.Contains(row, column));
                Assert.Equal([new BlockRectangle(column, row, column + 1, row + 1)], block.ToRectangles());
            }
        }
    }

    [Fact]
    public void FromRectangles_ExampleOfTheSpecification_Blocks14And17()
    {
        var regions = MotionRegions.FromRectangles([new BlockRectangle(3, 2, 4, 3), new BlockRectangle(3, 3, 4, 4)]);

        Assert.Equal([14, 17], regions.ToNumbers());
        Assert.Equal("14;17", regions.ToString());
        Assert.Equal([new BlockRectangle(3, 2, 4, 4)], regions.ToRectangles());
    }

    [Fact]
    public void Empty_EveryNotation_All()
    {
        Assert.Equal(MotionRegions.All, MotionRegions.FromNumbers([]));
        Assert.Equal(MotionRegions.All, MotionRegions.FromRectangles([]));
        Assert.Equal(MotionRegions.All, MotionRegions.FromMask(0));
        Assert.Equal(MotionRegions.All, default);
        Assert.Equal(MotionRegions.All, MotionRegions.FromRectangles([new BlockRectangle(0, 0, 5, 5)]));
        Assert.Equal(25, MotionRegions.All.Count);
        Assert.Empty(MotionRegions.All.ToRectangles());
        Assert.Equal("all", MotionRegions.All.ToString());
    }

    [Fact]
    public void ToNumbers_AnySet_BackAgain() => Sets.Sample(set => MotionRegions.FromNumbers(set.ToNumbers()) == set);

    [Fact]
    public void ToRectangles_AnySet_BackAgainWithoutOverlap() => Sets.Sample(set =>
    {
        IReadOnlyList<BlockRectangle> rectangles = set.ToRectangles();
        int covered = rectangles.Sum(rectangle => (rectangle.Right - rectangle.Left) * (rectangle.Bottom - rectangle.Top));
        return MotionRegions.FromRectangles(rectangles) == set && covered == (set == MotionRegions.All ? 0 : set.Count);
    });

    [Fact]
    public void FromRectangles_AnyRectangle_ExactlyItsBlocks()
    {
        Gen<(int, int)> edges = Gen.Select(Gen.Int[0, 4], Gen.Int[1, 5]).Where((low, high) => low < high);
        Gen.Select(edges, edges).Sample((x, y) =>
        {
            var set = MotionRegions.FromRectangles([new BlockRectangle(x.Item1, y.Item1, x.Item2, y.Item2)]);
            for (int block = 0; block < MotionRegions.BlockCount; block++)
            {
                (int row, int column) = Math.DivRem(block, MotionRegions.Side);
                bool inside = row >= y.Item1 && row < y.Item2 && column >= x.Item1 && column < x.Item2;
                Assert.Equal(inside, set.Contains(row, column));
            }
        });
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, 0, 6, 1)]
    [InlineData(int.MinValue, 0, int.MaxValue, 1)]
    public void FromRectangles_OffTheGrid_Throws(int left, int top, int right, int bottom) => Assert.Throws<ArgumentOutOfRangeException>(
        () => MotionRegions.FromRectangles([new BlockRectangle(left, top, right, bottom)]));

    [Theory]
    [InlineData(0)]
    [InlineData(26)]
    public void FromNumbers_OffTheGrid_Throws(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MotionRegions.FromNumbers([number]));

    [Theory]
    [InlineData(1 << 25)]
    [InlineData(-1)]
    public void FromMask_OffTheGrid_Throws(int mask) => Assert.Throws<ArgumentOutOfRangeException>(() => MotionRegions.FromMask(mask));

    [Theory]
    [InlineData(5, 0)]
    [InlineData(0, -1)]
    public void Contains_OffTheGrid_Throws(int row, int column) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MotionRegions.All.Contains(row, column));
}
