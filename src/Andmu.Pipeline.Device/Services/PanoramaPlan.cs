using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Which pictures make a panorama (specification 5.2.9.23): from one end of the head's rotation to the other, one every so many degrees.</summary>
/// <remarks>The steps are all alike, since that is what whoever puts the pictures together knows. What is left before the far end is less than a step, and
/// so in the last picture.</remarks>
/// <param name="Count">How many.</param>
/// <param name="Step">Degrees between two.</param>
/// <param name="From">Where the first is taken, in degrees from the left stop.</param>
/// <param name="IsUpright">From left to right; else from right to left.</param>
internal sealed record PanoramaPlan(int Count, int Step, int From, bool IsUpright)
{
    /// <summary>A picture every 5 degrees all round: more is not a panorama but a way to keep the head and the network busy.</summary>
    public const int MaxCount = 72;

    private const int Circle = 360;

    /// <summary>The plan, or null when there is none: no head that turns, gaps between the pictures, or too many of them.</summary>
    /// <param name="geometry">The head and its lens.</param>
    /// <param name="angle">Degrees between two pictures, from outside; 0 or less for the device's own.</param>
    /// <param name="isUpright">As the command says.</param>
    public static PanoramaPlan? Of(DeviceAngle geometry, int angle, bool isUpright)
    {
        int step = angle > 0 ? angle : geometry.PerShot;
        bool hasGaps = geometry.HorizontalFieldOfView > 0 && step > geometry.HorizontalFieldOfView;
        if (step <= 0 || hasGaps || geometry.MaxRotation <= 0)
        {
            return null;
        }

        int rotation = Math.Min(geometry.MaxRotation, Circle - 1); // at 360 the first picture comes again
        int count = (rotation / step) + 1;
        return count > MaxCount ? null : new PanoramaPlan(count, step, isUpright ? 0 : rotation, isUpright);
    }

    /// <summary>One picture.</summary>
    /// <param name="sequence">Which, from 1.</param>
    public PanoramaShot Shot(int sequence) => new(sequence, Count, From + ((IsUpright ? 1 : -1) * Step * (sequence - 1)), IsUpright);
}
