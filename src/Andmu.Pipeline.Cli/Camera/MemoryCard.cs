using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A simulated memory card: it holds sizes, no data. What is recorded fills one volume after the other; a full card keeps the latest, as one
/// that is recorded over does. Any thread.</summary>
internal sealed class MemoryCard
{
    // What an empty FAT file system takes for itself: a cluster for its root directory.
    private const long FileSystemBytes = 32 * 1024;

    private readonly Lock _lock = new();
    private readonly CardVolume[] _volumes; // as they were when the card was put in or formatted
    private long _room; // of all of them then
    private long _recorded; // since then, as far as there was room

    /// <param name="status">Whether there is a card, and one that works.</param>
    /// <param name="volumes">Its volumes; none without a card that works.</param>
    public MemoryCard(SdCardStatus status, params ReadOnlySpan<CardVolume> volumes)
    {
        Status = status;
        _volumes = status == SdCardStatus.Normal ? volumes.ToArray() : [];
        _room = _volumes.Sum(static volume => volume.RemainingBytes);
    }

    /// <summary>Whether there is a card, and one that works.</summary>
    public SdCardStatus Status { get; }

    /// <summary>An empty card of 32 GB in one volume.</summary>
    public static MemoryCard Empty()
    {
        const long Total = 32_000_000_000;
        return new MemoryCard(SdCardStatus.Normal, new CardVolume("/dev/mmcblk0p1", "vfat", Total, Total - FileSystemBytes));
    }

    /// <summary>The volumes as they are now.</summary>
    public IReadOnlyList<CardVolume> Volumes()
    {
        lock (_lock)
        {
            long recorded = _recorded;
            var volumes = new CardVolume[_volumes.Length];
            for (int i = 0; i < volumes.Length; i++)
            {
                long taken = Math.Min(recorded, _volumes[i].RemainingBytes);
                volumes[i] = _volumes[i] with { RemainingBytes = _volumes[i].RemainingBytes - taken };
                recorded -= taken;
            }

            return volumes;
        }
    }

    /// <summary>Something was recorded.</summary>
    /// <param name="bytes">Its size, 0 or more.</param>
    public void Record(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            _recorded += Math.Min(bytes, _room - _recorded);
        }
    }

    /// <summary>Empties the card.</summary>
    /// <returns>False without a card that works.</returns>
    public bool Format()
    {
        lock (_lock)
        {
            foreach (ref CardVolume volume in _volumes.AsSpan())
            {
                volume = volume with { RemainingBytes = Math.Max(0, volume.TotalBytes - FileSystemBytes) };
            }

            _room = _volumes.Sum(static volume => volume.RemainingBytes);
            _recorded = 0;
            return Status == SdCardStatus.Normal;
        }
    }
}
