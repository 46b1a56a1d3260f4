using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Native.Handles;
using Andmu.Pipeline.Native.Interop;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Pictures by way of on_picture and andmu_push_picture: asked for by number, given at once or later.</summary>
internal sealed class PictureBridge(HostCallbacks host)
{
    private const int Thumbnail = 1;
    private const int Panorama = 2;

    /// <summary>The device takes none that is longer; a host that gives one is told so here.</summary>
    private const int MaxThumbnailBytes = 1 << 20;
    private const int MaxPanoramaBytes = 512 << 10;

    private const int PanoramaWidth = 640;
    private const int PanoramaHeight = 360;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly PendingTable<int, byte[]> _pending = new();

    /// <summary>A thumbnail for the platform.</summary>
    public ValueTask<ReadOnlyMemory<byte>> TakeAsync(ThumbnailRequest request, CancellationToken stop) => AskAsync(
        new NativePicture
        {
            Kind = Thumbnail,
            Width = request.Width,
            Height = request.Height,
            WithinMs = (int)(request.Span < MaxWait ? request.Span : MaxWait).TotalMilliseconds,
        },
        MaxThumbnailBytes, stop);

    /// <summary>A shot of a panorama.</summary>
    public ValueTask<ReadOnlyMemory<byte>> TakeAsync(PanoramaShot shot, CancellationToken stop) => AskAsync(
        new NativePicture
        {
            Kind = Panorama,
            Width = PanoramaWidth,
            Height = PanoramaHeight,
            WithinMs = (int)MaxWait.TotalMilliseconds,
            Sequence = shot.Sequence,
            Count = shot.Count,
            Pan = shot.Pan,
            Upright = shot.IsUpright ? 1 : 0,
        },
        MaxPanoramaBytes, stop);

    /// <summary>andmu_push_picture.</summary>
    public NativeResult Push(ulong id, ReadOnlySpan<byte> jpeg)
    {
        if (_pending.Find(id) is not { } pending)
        {
            return NativeResult.State;
        }

        if (jpeg.Length > pending.Question)
        {
            return NativeResult.Invalid;
        }

        bool isJpeg = jpeg.Length >= 4 && jpeg[0] == 0xFF && jpeg[1] == 0xD8 && jpeg[^2] == 0xFF && jpeg[^1] == 0xD9; // ITU-T T.81, B.1.1.3
        return !jpeg.IsEmpty && !isJpeg ? NativeResult.Malformed
            : pending.TryAnswer(jpeg.ToArray()) ? NativeResult.Ok
            : NativeResult.State;
    }

    private async ValueTask<ReadOnlyMemory<byte>> AskAsync(NativePicture wanted, int maxBytes, CancellationToken stop)
    {
        using PendingTable<int, byte[]>.Pending pending = _pending.Open(maxBytes);
        host.Picture(wanted with { Id = pending.Id });
        return await pending.Answer.WaitAsync(stop);
    }
}
