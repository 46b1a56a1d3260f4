using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Audit;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>Adds a packet to a connection's counters.</summary>
internal static class SessionCounting
{
    public static DeviceCounters Add(in DeviceCounters counters, int bytes, HEDGWMessage message)
    {
        DeviceCounters sum = counters with { Packets = counters.Packets + 1, Bytes = counters.Bytes + bytes };
        return message.MessageType switch
        {
            MessageType.Ping => sum with { Pings = sum.Pings + 1 },
            MessageType.Pong => sum with { Pongs = sum.Pongs + 1 },
            MessageType.DevEventCmd => sum with { Events = sum.Events + 1 },
            MessageType.DevIpCamCmd => sum with { DeviceMessages = sum.DeviceMessages + 1 },
            MessageType.TdmediaPackage when message.TdMediaPackage is { } package => AddMedia(sum, package),
            _ => sum,
        };
    }

    private static DeviceCounters AddMedia(in DeviceCounters counters, TDMediaPackage package)
    {
        DeviceCounters sum = counters with { MediaBytes = counters.MediaBytes + package.Data.Length };
        return package.PackageType switch
        {
            PackageType.Audio => sum with { AudioPackages = sum.AudioPackages + 1 },
            PackageType.Video => sum with
            {
                VideoPackages = sum.VideoPackages + 1,
                KeyFrames = sum.KeyFrames + (package.Sync == 1 ? 1 : 0),
            },
            PackageType.ParameterSets => sum with { ParameterSetPackages = sum.ParameterSetPackages + 1 },
            PackageType.Thumbnail => sum with { Thumbnails = sum.Thumbnails + 1 },
            _ => sum,
        };
    }
}
