namespace Andmu.Pipeline.Control.Regions;

/// <summary>
/// A rectangle of whole blocks of the 5 x 5 grid, by its edges (specification 5.2.9.13): one block has right = left + 1 and bottom = top +
/// 1.
/// </summary>
/// <param name="Left">Left edge, 0 to 4.</param>
/// <param name="Top">Top edge, 0 to 4.</param>
/// <param name="Right">Right edge, 1 to 5, right of the left one.</param>
/// <param name="Bottom">Bottom edge, 1 to 5, below the top one.</param>
public readonly record struct BlockRectangle(int Left, int Top, int Right, int Bottom)
{
    internal bool IsValid => Left is >= 0 and < MotionRegions.Side && Top is >= 0 and < MotionRegions.Side
        && Right > Left && Right <= MotionRegions.Side && Bottom > Top && Bottom <= MotionRegions.Side;
}
