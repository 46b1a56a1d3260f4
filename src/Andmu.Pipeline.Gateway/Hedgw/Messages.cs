using System.Globalization;
using Andmu.Hedgw;
using Google.Protobuf;
using static Andmu.Hedgw.HEDGWMessage.Types;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>The messages that a platform sends, each in its envelope (specification 5.2 and appendix D).</summary>
internal static class Messages
{
    // 5.2.5: what an app sends is audio, never a key frame.
    private const uint AudioPackage = 1;

    public static HEDGWMessage LoginRefused(int result) => new()
    {
        MessageType = MessageType.DevLoginResp,
        DevLoginResp = new DevLoginResp { Result = (uint)result },
    };

    public static HEDGWMessage LoginAccepted(DateTimeOffset now, DevicePlan plan, GatewayOptions options) => new()
    {
        MessageType = MessageType.DevLoginResp,
        DevLoginResp = new DevLoginResp
        {
            Result = 0,
            ServerTime = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            DeviceStatus = (uint)plan,
            PingPongSpan = (uint)options.PingPongSpan.TotalSeconds,
            SdUploadMode = options.SdUploadEventsOnly ? 2u : 1u,
            PersonCountSpan = 600,
            ServiceDays = 30,
        },
    };

    public static HEDGWMessage Ping(uint id) => new() { MessageType = MessageType.Ping, Ping = new Ping { Id = id } };

    public static HEDGWMessage Pong(uint id) => new() { MessageType = MessageType.Pong, Pong = new Pong { Id = id } };

    public static HEDGWMessage PlanChanged(DevicePlan plan) => Server(
        new DevServerCmd { Type = 7, DeviceStatus = (uint)plan, ServiceDays = 30 });

    public static HEDGWMessage Thumbnails(TimeSpan span, int width, int height) => Server(new DevServerCmd
    {
        Type = 9,
        ThumbnailSpan = (uint)span.TotalSeconds,
        ThumbnailWidth = (uint)width,
        ThumbnailHeight = (uint)height,
    });

    public static HEDGWMessage ViewerCount(string device, int count) => App(
        new DevAppCmd { Type = 0, SrcDeviceId = "platform", DstDeviceId = device, Count = (uint)count });

    public static HEDGWMessage ViewerStarts(string device, string viewer) => App(
        new DevAppCmd { Type = 8, SrcDeviceId = viewer, DstDeviceId = device });

    public static HEDGWMessage ViewerEnds(string device, string viewer) => App(
        new DevAppCmd { Type = 9, SrcDeviceId = viewer, DstDeviceId = device });

    public static HEDGWMessage Command(string device, string source, uint id, string json) => App(
        new DevAppCmd { Type = 33, SrcDeviceId = source, DstDeviceId = device, Id = id, Msg = json });

    public static HEDGWMessage Talk(ReadOnlySpan<byte> data, uint startTime, uint sequence, DateTimeOffset now) => new()
    {
        MessageType = MessageType.TdmediaPackage,
        TdMediaPackage = new TDMediaPackage
        {
            PackageType = AudioPackage,
            Sync = 0,
            Data = ByteString.CopyFrom(data),
            DataSize = (uint)data.Length,
            StartTime = startTime,
            SeqNum = sequence,
            IpcamTime = (ulong)now.ToUnixTimeMilliseconds(),
        },
    };

    private static HEDGWMessage Server(DevServerCmd command) => new() { MessageType = MessageType.DevServerCmd, DevServerCmd = command };

    private static HEDGWMessage App(DevAppCmd command) => new() { MessageType = MessageType.DevAppCmd, DevAppCmd = command };
}
