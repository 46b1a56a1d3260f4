using System.Globalization;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Where a head stands (specification 5.2.9.12): from -1000000 at the left and lower stops to 1000000 at the right and upper ones, 0 in the middle.</summary>
internal readonly record struct PtzPosition(int Pan, int Tilt)
{
    /// <summary>The right and the upper stop; the left and the lower one are as far on the other side.</summary>
    public const int Limit = 1_000_000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pan {Pan}, tilt {Tilt}");
}
