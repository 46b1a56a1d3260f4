namespace Andmu.Pipeline.Control.Regions;

/// <summary>
/// A rectangle in which persons are counted (specification 5.2.9.17), in thousandths of the picture, from its top left corner.
/// </summary>
/// <param name="X">Left edge, 0 to 1000.</param>
/// <param name="Y">Top edge, 0 to 1000.</param>
/// <param name="Width">Width, 0 to 1000; it ends within the picture.</param>
/// <param name="Height">Height, 0 to 1000; it ends within the picture.</param>
public sealed record PersonRegion(int X, int Y, int Width, int Height)
{
    /// <summary>Width and height of the picture in its units.</summary>
    public const int PictureSize = 1000;

    /// <summary>Most rectangles in one command. The specification names no bound; this is as many as it grants to motion.</summary>
    public const int MaxCount = 25;
}
