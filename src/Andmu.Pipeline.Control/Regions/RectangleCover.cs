namespace Andmu.Pipeline.Control.Regions;

/// <summary>Cuts a set of blocks into rectangles: each as wide as it can be, then as high. Few, though not always the fewest.</summary>
internal static class RectangleCover
{
    public static List<BlockRectangle> Of(int mask)
    {
        var rectangles = new List<BlockRectangle>();
        while (mask != 0)
        {
            (int top, int left) = Math.DivRem(int.TrailingZeroCount(mask), MotionRegions.Side);
            BlockRectangle rectangle = Widest(mask, left, top);
            rectangles.Add(rectangle);
            mask &= ~MotionRegions.MaskOf(rectangle);
        }

        return rectangles;
    }

    private static BlockRectangle Widest(int mask, int left, int top)
    {
        var rectangle = new BlockRectangle(left, top, left + 1, top + 1);
        while (Covers(mask, rectangle with { Right = rectangle.Right + 1 }))
        {
            rectangle = rectangle with { Right = rectangle.Right + 1 };
        }

        while (Covers(mask, rectangle with { Bottom = rectangle.Bottom + 1 }))
        {
            rectangle = rectangle with { Bottom = rectangle.Bottom + 1 };
        }

        return rectangle;
    }

    private static bool Covers(int mask, BlockRectangle rectangle) =>
        rectangle.IsValid && (mask & MotionRegions.MaskOf(rectangle)) == MotionRegions.MaskOf(rectangle);
}
