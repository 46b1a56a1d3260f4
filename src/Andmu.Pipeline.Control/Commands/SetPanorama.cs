using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>
/// Starts or stops a panorama; the pictures follow the answer, see <see cref="Reports.PanoramaPicture"/> (specification 5.2.9.23, request
/// 1793/153).
/// </summary>
/// <param name="On">True starts one, false stops it.</param>
/// <param name="DegreesPerShot">By how much to turn between two pictures, 1 to 360; 0 when stopping without it.</param>
/// <param name="Stand">How the camera stands, and so where it begins.</param>
public sealed record SetPanorama(bool On, int DegreesPerShot, CameraStand Stand) : ControlCommand, IQuery<Done>
{
    internal override CommandCode Number => new(1793, 153);
}
