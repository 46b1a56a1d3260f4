using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Services;

/// <summary>A head that turns and a camera on it, for panoramas (command 153, specification 5.2.9.23).</summary>
public sealed record PanoramaOptions
{
    /// <summary>The head and its lens, as the platform is told (specification 5.1.6).</summary>
    public required DeviceAngle Geometry { get; init; }

    /// <summary>Turns the head to where a shot is taken and gives the picture: a JPEG of 640x360, at most 512 KiB, within 30 s.</summary>
    public required Func<PanoramaShot, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Take { get; init; }

    /// <summary>Turns the head back to where it was before; called at the end of every panorama, whatever its end. Null: it stays where it is.</summary>
    public Func<CancellationToken, ValueTask>? ReturnHead { get; init; }
}
