using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>The head and the camera while a panorama is taken (specification 5.2.9.23): who takes it says where, one picture after the other. One picture
/// at a time; any thread.</summary>
/// <param name="head">The head. Nobody else should turn it while <see cref="IsTaking"/>.</param>
/// <param name="pictures">Its pictures.</param>
/// <param name="time">The clock of both.</param>
internal sealed class Panorama(PtzHead head, CameraPictures pictures, TimeProvider time)
{
    /// <summary>The size of a picture of a panorama (specification 5.2.9.23).</summary>
    public const int Width = 640;

    /// <inheritdoc cref="Width"/>
    public const int Height = 360;

    private PtzPosition? _before;

    /// <summary>Whether one is being taken, the return of the head included.</summary>
    public bool IsTaking => Volatile.Read(ref _before) is not null;

    /// <summary>Turns the head there, at the tilt that it has, and takes the picture when it stands.</summary>
    /// <returns>JPEG.</returns>
    /// <exception cref="OperationCanceledException">It was ended before.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(PanoramaShot shot, CancellationToken cancellationToken)
    {
        PtzPosition before = Volatile.Read(ref _before) ?? head.Position;
        Volatile.Write(ref _before, before);
        await Task.Delay(head.MoveTo(before with { Pan = head.PanAt(shot.Pan) }), time, cancellationToken);
        return pictures.Take(Width, Height);
    }

    /// <summary>Turns the head back to where it stood before the first picture.</summary>
    /// <exception cref="OperationCanceledException">It was not waited for; the head goes there all the same.</exception>
    public async ValueTask ReturnAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _before) is not { } before)
        {
            return;
        }

        try
        {
            await Task.Delay(head.MoveTo(before), time, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _before, null);
        }
    }
}
