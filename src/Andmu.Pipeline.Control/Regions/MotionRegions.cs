using System.Numerics;

namespace Andmu.Pipeline.Control.Regions;

/// <summary>
/// A set of the 5 x 5 blocks of the picture in which motion counts, in its two notations: numbers in serpentines (5.1.5,
/// <c>motionRegions</c>) and rectangles (5.2.9.13).
/// <code>
///  1  2  3  4  5
/// 10  9  8  7  6
/// 11 12 13 14 15
/// 20 19 18 17 16
/// 21 22 23 24 25
/// </code>
/// Never empty: both notations take an empty list for all blocks, and so does the default value. Immutable.
/// </summary>
public readonly struct MotionRegions : IEquatable<MotionRegions>
{
    /// <summary>Blocks in a row, and in a column.</summary>
    public const int Side = 5;

    /// <summary>Blocks in the picture, and most rectangles in one command.</summary>
    public const int BlockCount = Side * Side;

    private const int AllBits = (1 << BlockCount) - 1;

    // Inverted, so that the default value has all blocks. Bit = 5 * row + column, from the top left corner.
    private readonly int _without;

    private MotionRegions(int mask) => _without = mask == 0 ? 0 : ~mask & AllBits;

    /// <summary>The whole picture.</summary>
    public static MotionRegions All => default;

    /// <summary>The blocks as bits, bit 5 x row + column, both from 0 at the top left corner.</summary>
    public int Mask => ~_without & AllBits;

    /// <summary>How many blocks there are, 1 to 25.</summary>
    public int Count => BitOperations.PopCount((uint)Mask);

    /// <summary>From bits as in <see cref="Mask"/>.</summary>
    /// <param name="mask">The bits; none means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bit beyond the 25th is set.</exception>
    public static MotionRegions FromMask(int mask) => (mask & ~AllBits) == 0
        ? new MotionRegions(mask)
        : throw new ArgumentOutOfRangeException(nameof(mask), mask, $"Only the lowest {BlockCount} bits stand for blocks.");

    /// <summary>From numbers in serpentines.</summary>
    /// <param name="numbers">The numbers, 1 to 25; none means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not from 1 to 25.</exception>
    public static MotionRegions FromNumbers(IEnumerable<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        int mask = 0;
        foreach (int number in numbers)
        {
            mask |= number is >= 1 and <= BlockCount
                ? 1 << Serpentine(number - 1)
                : throw new ArgumentOutOfRangeException(nameof(numbers), number, $"Blocks are numbered from 1 to {BlockCount}.");
        }

        return new MotionRegions(mask);
    }

    /// <summary>From rectangles, which may overlap.</summary>
    /// <param name="rectangles">The rectangles; none means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rectangle is empty or leaves the grid.</exception>
    public static MotionRegions FromRectangles(IEnumerable<BlockRectangle> rectangles)
    {
        ArgumentNullException.ThrowIfNull(rectangles);
        int mask = 0;
        foreach (BlockRectangle rectangle in rectangles)
        {
            mask |= rectangle.IsValid
                ? MaskOf(rectangle)
                : throw new ArgumentOutOfRangeException(nameof(rectangles), rectangle, "A rectangle covers blocks of the grid.");
        }

        return new MotionRegions(mask);
    }

    /// <summary>Whether a block is in the set.</summary>
    /// <param name="row">Its row, 0 to 4 from the top.</param>
    /// <param name="column">Its column, 0 to 4 from the left.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such block.</exception>
    public bool Contains(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Side, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Side, nameof(column));
        return (Mask >> ((row * Side) + column) & 1) != 0;
    }

    /// <summary>The numbers in serpentines, in ascending order: all 25 for the whole picture.</summary>
    public IReadOnlyList<int> ToNumbers()
    {
        var numbers = new List<int>(Count);
        for (int number = 1; number <= BlockCount; number++)
        {
            if ((Mask >> Serpentine(number - 1) & 1) != 0)
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    /// <summary>
    /// Rectangles that cover exactly the set and do not overlap: none for the whole picture, as on the wire.
    /// </summary>
    public IReadOnlyList<BlockRectangle> ToRectangles() => this == All ? [] : RectangleCover.Of(Mask);

    /// <inheritdoc/>
    public bool Equals(MotionRegions other) => _without == other._without;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MotionRegions other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _without;

    /// <summary>Whether two sets have the same blocks.</summary>
    public static bool operator ==(MotionRegions left, MotionRegions right) => left.Equals(right);

    /// <summary>Whether two sets differ.</summary>
    public static bool operator !=(MotionRegions left, MotionRegions right) => !left.Equals(right);

    /// <summary>The numbers with semicolons between them, as in the settings; <c>all</c> for the whole picture.</summary>
    public override string ToString() => this == All ? "all" : string.Join(';', ToNumbers());

    internal static int MaskOf(BlockRectangle rectangle)
    {
        int row = ((1 << rectangle.Right) - 1) & ~((1 << rectangle.Left) - 1);
        int mask = 0;
        for (int y = rectangle.Top; y < rectangle.Bottom; y++)
        {
            mask |= row << (y * Side);
        }

        return mask;
    }

    /// <summary>Bit of a place along the serpentine, and back: every other row runs from right to left.</summary>
    private static int Serpentine(int place)
    {
        (int row, int step) = Math.DivRem(place, Side);
        return (row * Side) + (row % 2 == 0 ? step : Side - 1 - step);
    }
}
