namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What a picture shows.</summary>
/// <param name="Right">Where the lens looks: degrees to the right of the middle.</param>
/// <param name="Up">Where the lens looks: degrees above the horizon.</param>
/// <param name="Time">Shown in the picture, as it is.</param>
internal readonly record struct CameraView(double Right, double Up, DateTimeOffset Time)
{
    /// <summary>Whether the scene stands on its head; the time does not.</summary>
    public bool IsRotated { get; init; }

    /// <summary>Whether it is without colour, as by infrared light.</summary>
    public bool IsInfrared { get; init; }
}
