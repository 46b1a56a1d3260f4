using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>The SD card of andmu_config. What is out of its range throws <see cref="ArgumentException"/>.</summary>
internal static class CardReader
{
    /// <summary>What the header says of card_max_bytes and card_queue_bytes: four segments, and two of the largest records.</summary>
    private const long MinBytes = 64 << 20;
    private const int MinQueueBytes = 4_194_416;
    private const int MaxQueueBytes = 1 << 30;

    /// <summary>Starts with the card; null without card_dir.</summary>
    public static unsafe SdCard? Open(in NativeConfig config)
    {
        if (NativeText.Read(config.CardDir, "card_dir") is not { } folder)
        {
            return null;
        }

        long capacity = config.CardMaxBytes == 0 ? long.MaxValue : config.CardMaxBytes;
        ArgumentException.ThrowIfNullOrEmpty(folder, "card_dir");
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinBytes, "card_max_bytes");
        ArgumentOutOfRangeException.ThrowIfLessThan(config.CardQueueBytes, MinQueueBytes, "card_queue_bytes");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(config.CardQueueBytes, MaxQueueBytes, "card_queue_bytes");
        ArgumentOutOfRangeException.ThrowIfNotEqual(config.CardReserved, 0, "card_reserved");
        return new SdCard(folder, new SpoolOptions
        {
            CapacityBytes = capacity,
            QueueBytes = config.CardQueueBytes,
            CloseTimeout = TimeSpan.FromMilliseconds(config.CloseTimeoutMs),
            RequireMountPoint = config.Flags.HasFlag(NativeFlags.CardMountPoint),
        });
    }
}
