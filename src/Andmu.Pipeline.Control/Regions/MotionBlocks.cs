using System.Numerics;

namespace Andmu.Pipeline.Control;

/// <summary>Which of the 5 x 5 blocks of the picture motion is looked for in (specification 5.1.5, <c>motionRegions</c>).</summary>
/// <remarks>
/// Numbered in serpentines from the top left corner:
/// <code>
///    1  2  3  4  5
///   10  9  8  7  6
///   11 12 13 14 15
///   20 19 18 17 16
///   21 22 23 24 25
/// </code>
/// None of them is the same as all of them: a device that looks nowhere has its detection switched off.
/// </remarks>
public readonly record struct MotionBlocks
{
    /// <summary>Blocks across, and down.</summary>
    public const int Side = 5;

    private const int AllBits = (1 << (Side * Side)) - 1;

    private readonly int _bits; // bit (row * 5 + column); 0 for all of them

    private MotionBlocks(int bits) => _bits = bits == AllBits ? 0 : bits;

    /// <summary>The whole picture.</summary>
    public static MotionBlocks All => default;

    /// <summary>Whether it is the whole picture.</summary>
    public bool IsAll => _bits == 0;

    /// <summary>How many blocks.</summary>
    public int Count => IsAll ? Side * Side : BitOperations.PopCount((uint)_bits);

    /// <summary>The blocks' numbers in rising order; empty for the whole picture, as on the wire.</summary>
    public IReadOnlyList<int> Numbers
    {
        get
        {
            MotionBlocks self = this;
            return IsAll ? [] : [.. Enumerable.Range(1, Side * Side).Where(number => self.Has(Column(number), Row(number)))];
        }
    }

    /// <summary>Whether motion is looked for in a block.</summary>
    /// <param name="column">From the left, 0 to 4.</param>
    /// <param name="row">From the top, 0 to 4.</param>
    public bool Has(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Side);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Side);
        return IsAll || (_bits & Bit(column, row)) != 0;
    }

    /// <summary>The blocks with these numbers.</summary>
    /// <param name="numbers">1 to 25; none: the whole picture.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is another one.</exception>
    public static MotionBlocks OfNumbers(IEnumerable<int> numbers)
    {
        int bits = 0;
        foreach (int number in numbers)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(numbers));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Side * Side, nameof(numbers));
            bits |= Bit(Column(number), Row(number));
        }

        return new MotionBlocks(bits);
    }

    /// <summary>The blocks that rectangles cover.</summary>
    /// <param name="regions">Those that are not enabled do not count; none: the whole picture.</param>
    public static MotionBlocks Of(IEnumerable<MotionRegion> regions)
    {
        int bits = 0;
        foreach (MotionRegion region in regions.Where(region => region.IsEnabled))
        {
            for (int row = Math.Max(0, region.Top); row < Math.Min(Side, region.Bottom); row++)
            {
                for (int column = Math.Max(0, region.Left); column < Math.Min(Side, region.Right); column++)
                {
                    bits |= Bit(column, row);
                }
            }
        }

        return new MotionBlocks(bits);
    }

    /// <summary>The same as rectangles, one for each run of blocks in a row; empty for the whole picture.</summary>
    public IReadOnlyList<MotionRegion> ToRegions()
    {
        var regions = new List<MotionRegion>();
        for (int row = 0; row < Side && !IsAll; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                int left = column;
                while (column < Side && Has(column, row))
                {
                    column++;
                }

                if (column > left)
                {
                    regions.Add(new MotionRegion(regions.Count, left, row, column, row + 1, Sensitivity: 0, IsEnabled: true));
                }
            }
        }

        return regions;
    }

    /// <summary>The numbers, as the platform's settings have them: <c>1;2;3;25</c>.</summary>
    /// <returns>The text; empty for the whole picture.</returns>
    public override string ToString() => string.Join(';', Numbers);

    private static int Row(int number) => (number - 1) / Side;

    private static int Column(int number)
    {
        int along = (number - 1) % Side;
        return Row(number) % 2 == 0 ? along : Side - 1 - along;
    }

    private static int Bit(int column, int row) => 1 << ((row * Side) + column);
}
