namespace Andmu.Pipeline.Control;

/// <summary>A rectangle of the grid of 5 x 5 blocks in which motion is looked for (specification 5.2.9.13).</summary>
/// <param name="Id">Number of the rectangle.</param>
/// <param name="Left">Left edge, 0 to 4.</param>
/// <param name="Top">Upper edge, 0 to 4.</param>
/// <param name="Right">Right edge, beyond the left one, 1 to 5.</param>
/// <param name="Bottom">Lower edge, below the upper one, 1 to 5.</param>
/// <param name="Sensitivity">0 to 100; 0 for that of the device.</param>
/// <param name="IsEnabled">Whether it counts.</param>
public sealed record MotionRegion(int Id, int Left, int Top, int Right, int Bottom, int Sensitivity, bool IsEnabled);
