using System.Globalization;

namespace Andmu.Pipeline.OpenApi;

/// <summary>The geometry of a PTZ head and its lens, for panoramas (specification 5.1.6, <c>deviceAngle</c>). All in degrees.</summary>
/// <param name="MaxRotation">Largest horizontal rotation.</param>
/// <param name="HorizontalFieldOfView">Horizontal field of view.</param>
/// <param name="VerticalFieldOfView">Vertical field of view.</param>
/// <param name="Elevation">Largest angle above the horizon.</param>
/// <param name="Depression">Largest angle below the horizon.</param>
/// <param name="PerShot">Default rotation between two shots of a panorama.</param>
public sealed record DeviceAngle(
    int MaxRotation, int HorizontalFieldOfView, int VerticalFieldOfView, int Elevation, int Depression, int PerShot)
{
    /// <summary>The six angles with colons between them, as they are sent: <c>355:96:69:65:10:30</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{MaxRotation}:{HorizontalFieldOfView}:{VerticalFieldOfView}:{Elevation}:{Depression}:{PerShot}");
}
