using System.Runtime.CompilerServices;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A panorama (specification 5.2.9.23): the head turns from stop to stop, a picture is taken every so many degrees, and the head goes back.</summary>
/// <param name="head">The head. Nobody else should turn it meanwhile.</param>
/// <param name="pictures">Its pictures.</param>
/// <param name="time">The clock of both.</param>
internal sealed class Panorama(PtzHead head, CameraPictures pictures, TimeProvider time)
{
    /// <summary>The size of a picture of a panorama (specification 5.2.9.23).</summary>
    public const int Width = 640;

    /// <inheritdoc cref="Width"/>
    public const int Height = 360;

    private const int FullCircle = 360;

    /// <summary>Where the pictures are taken, in their order.</summary>
    /// <param name="angles">How far the head turns.</param>
    /// <param name="degrees">From one picture to the next, 1 to 360; anything else means the device's own.</param>
    /// <param name="upright">From left to right, as for a camera that stands. False for one that hangs from a ceiling.</param>
    /// <returns>Positions of the head: as many as make a full circle, or as reach from stop to stop where that takes fewer; the last one is at the stop then.</returns>
    public static IReadOnlyList<int> Pans(DeviceAngle angles, int degrees, bool upright)
    {
        int each = degrees is >= 1 and <= FullCircle ? degrees : Math.Clamp(angles.PerShot, 1, FullCircle);
        int range = Math.Clamp(angles.MaxRotation, 1, FullCircle);
        int count = Math.Min(DivideUp(FullCircle, each), DivideUp(range, each) + 1);
        int[] pans = new int[count];
        for (int i = 0; i < count; i++)
        {
            double fromStop = Math.Min(i * each, range) * 2.0 * PtzPosition.Limit / range;
            int pan = (int)Math.Round(fromStop - PtzPosition.Limit);
            pans[i] = upright ? pan : -pan;
        }

        return pans;
    }

    /// <summary>Takes the pictures one by one, as the head gets there. However it ends, the head is sent back to where it stood.</summary>
    /// <param name="degrees">See <see cref="Pans"/>.</param>
    /// <param name="upright">See <see cref="Pans"/>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public async IAsyncEnumerable<PanoramaShot> TakeAsync(int degrees, bool upright, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PtzPosition before = head.Position;
        IReadOnlyList<int> pans = Pans(head.Angles, degrees, upright);
        try
        {
            for (int i = 0; i < pans.Count; i++)
            {
                await Task.Delay(head.MoveTo(before with { Pan = pans[i] }), time, cancellationToken);
                yield return new PanoramaShot(i + 1, pans.Count, pictures.Take(Width, Height));
            }
        }
        finally
        {
            head.MoveTo(before);
        }
    }

    private static int DivideUp(int number, int by) => (number + by - 1) / by;
}
