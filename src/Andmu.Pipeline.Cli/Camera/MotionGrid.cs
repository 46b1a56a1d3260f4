using System.Globalization;
using System.Numerics;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>The blocks of the picture, 5 x 5, in which motion is looked for (specification 5.1.5 and 5.2.9.13).</summary>
internal readonly record struct MotionGrid
{
    public const int Side = 5;

    private const uint AllBits = (1u << (Side * Side)) - 1;

    // Bit of a block: its row times 5, plus its column.
    private readonly uint _bits;

    private MotionGrid(uint bits) => _bits = bits;

    /// <summary>Every block.</summary>
    public static MotionGrid All { get; } = new(AllBits);

    /// <summary>How many blocks.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The blocks with these numbers, 1 to 25 in serpentines from the top left corner; others are no blocks and are left out.</summary>
    public static MotionGrid OfBlocks(IEnumerable<int> numbers)
    {
        uint bits = 0;
        foreach (int number in numbers)
        {
            if (number is >= 1 and <= Side * Side)
            {
                (int row, int place) = Math.DivRem(number - 1, Side);
                bits |= Bit(row % 2 == 0 ? place : Side - 1 - place, row);
            }
        }

        return new MotionGrid(bits);
    }

    /// <summary>The blocks between the lines of rectangles, which are numbered 0 to 5 from the left and from the top.</summary>
    public static MotionGrid OfRectangles(IEnumerable<(int Left, int Top, int Right, int Bottom)> rectangles)
    {
        uint bits = 0;
        foreach ((int left, int top, int right, int bottom) in rectangles)
        {
            for (int row = Math.Max(top, 0); row < Math.Min(bottom, Side); row++)
            {
                for (int column = Math.Max(left, 0); column < Math.Min(right, Side); column++)
                {
                    bits |= Bit(column, row);
                }
            }
        }

        return new MotionGrid(bits);
    }

    /// <summary>Whether motion is looked for in a block; column and row from 0, at the top left.</summary>
    public bool Contains(int column, int row) => (_bits & Bit(column, row)) != 0;

    /// <summary>The rows from the top, a letter a block: <c>#</c> looked at, <c>.</c> not.</summary>
    public override string ToString()
    {
        MotionGrid grid = this;
        return _bits == AllBits ? "everywhere" : string.Create(CultureInfo.InvariantCulture, $"{Row(0)} {Row(1)} {Row(2)} {Row(3)} {Row(4)}");

        string Row(int row) => string.Create(Side, row, (text, y) =>
        {
            for (int x = 0; x < text.Length; x++)
            {
                text[x] = grid.Contains(x, y) ? '#' : '.';
            }
        });
    }

    private static uint Bit(int column, int row) => 1u << ((row * Side) + column);
}
