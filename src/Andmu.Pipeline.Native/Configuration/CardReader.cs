using Andmu.Pipeline.Device.Card;
using Andmu.Pipeline.Native.Interop;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>The SD card of andmu_config. What is out of its range throws <see cref="ArgumentException"/>.</summary>
internal static class CardReader
{
    /// <summary>Starts with the card; null without card_dir.</summary>
    public static unsafe SdCard? Open(in NativeConfig config) => NativeText.Read(config.CardDir, "card_dir") is not { } folder
        ? null
        : config.CardReserved != 0
            ? throw new ArgumentException("card_reserved is not 0.")
            : new SdCard(folder, new SpoolOptions
            {
                CapacityBytes = config.CardMaxBytes == 0 ? long.MaxValue : config.CardMaxBytes,
                QueueBytes = config.CardQueueBytes,
                CloseTimeout = TimeSpan.FromMilliseconds(config.CloseTimeoutMs),
                RequireMountPoint = config.Flags.HasFlag(NativeFlags.CardMountPoint),
            });
}
