namespace Andmu.Pipeline.Control;

/// <summary>A rectangle in which persons are counted (specification 5.2.9.17), in thousandths of the picture, from its top left corner.</summary>
/// <param name="X">Left edge, 0 to 1000.</param>
/// <param name="Y">Upper edge, 0 to 1000.</param>
/// <param name="Width">Width, 0 to 1000.</param>
/// <param name="Height">Height, 0 to 1000.</param>
public sealed record PictureRegion(int X, int Y, int Width, int Height);
