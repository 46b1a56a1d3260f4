using System.Buffers.Binary;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Fuzz.Seeds;

/// <summary>One message of each type as a session has them (specification 5.2.1 to 5.2.12), as Google.Protobuf writes them.</summary>
internal static class PacketSeeds
{
    private const string Wifi = """
        {"msgContent":{"requestParams":{"ssid":"office","bssid":"00:11:22:33:44:55","encryption":"WPA2-PSK","key":"correct horse"},"subRequest":17,"request":1793},"msgSession":1732480381,"msgSequence":0,"msgTimeStamp":1403494411491,"msgCategory":"camera"}
        """;

    private static readonly (string Name, HEDGWMessage Message)[] Messages =
    [
        ("login", new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevLoginReq,
            DevLoginReq = new DevLoginReq
            {
                AccessKey = "Zhejian",
                AccessSecret = "XgijVJq7eIp94Ax3cKvq",
                UserName = "13888888888",
                DeviceToken = "89Q832IF09JISDOFCJIOAWIOJ",
                UnifiedId = "xxxxS_110234567894562",
                DeviceMac = "2059a074e0bc",
                ChannelId = 0,
                VideoType = 2,
                VideoWidth = 1920,
                VideoHeight = 1080,
                AudioType = 2,
                AudioKhz = 8,
                AudioChannel = 1,
            },
        }),
        ("login-answer", new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevLoginResp,
            DevLoginResp = new DevLoginResp
            {
                Result = 0,
                ServerTime = "1483254000000",
                DeviceStatus = 3,
                PingPongSpan = 30,
                SdUploadMode = 1,
                PersonCountSpan = 300,
                ServiceDays = 7,
            },
        }),
        ("event", new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevEventCmd,
            DevEventCmd = new DevEventCmd { Type = 4, Status = 1, IpcamTime = 1483254000000, Msg = "{\"start\":1483254000,\"stop\":1483254300,\"count\":131074}" },
        }),
        ("plan", new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevServerCmd,
            DevServerCmd = new DevServerCmd { Type = 9, DeviceStatus = 1, ThumbnailSpan = 10, ThumbnailWidth = 640, ThumbnailHeight = 360, ServiceDays = 30 },
        }),
        ("command", new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevAppCmd,
            DevAppCmd = new DevAppCmd { Type = 33, SrcDeviceId = "app", DstDeviceId = "xxxxS_110234567894562", Count = 1, Id = 7, Msg = Wifi.Trim() },
        }),
        ("answer", new HEDGWMessage
        {
            MessageType = HEDGWMessage.Types.MessageType.DevIpCamCmd,
            DevIpcamCmd = new DevIpCamCmd { Type = 4, SrcDeviceId = "xxxxS_110234567894562", DstDeviceId = "app", Msg = "1280x720", DataSize = 3, Data = ByteString.CopyFrom(1, 2, 3) },
        }),
        ("ping", new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.Ping, Ping = new Ping { Id = 300 } }),
        ("pong", new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.Pong, Pong = new Pong { Id = 7 } }),
        ("media", Media(new TDMediaPackage { PackageType = 2, Sync = 1, StartTime = 4000, SeqNum = 100, IpcamTime = 1483254000000, ControlFlag = 1 }, 40)),
        ("media-short", Media(new TDMediaPackage { PackageType = 1, Sync = 0, StartTime = uint.MaxValue, SeqNum = 0 }, 0)),
        ("media-long", Media(new TDMediaPackage { PackageType = 3, Sync = 0, StartTime = 0, SeqNum = 1 }, 200)),
    ];

    public static void Write(SeedFolder folder)
    {
        foreach ((string name, HEDGWMessage message) in Messages)
        {
            byte[] bytes = message.ToByteArray();
            bool isMedia = message.MessageType == HEDGWMessage.Types.MessageType.TdmediaPackage;
            folder.Add(isMedia ? "media-codec" : "control-messages", name, bytes);
            folder.Add("inspect", name, Packet(bytes));
            folder.Add("gateway-packets", name, Packet(bytes));
        }

        byte[][] packets = [.. Messages.Select(static entry => Packet(entry.Message.ToByteArray()))];
        byte[] session = [.. packets.SelectMany(static packet => packet)];
        foreach (string target in (ReadOnlySpan<string>)["packet-reader", "inspect", "gateway-packets"])
        {
            folder.Add(target, "session", session);
            folder.Add(target, "torn", session.AsSpan(0, session.Length - 100));
        }

        folder.Add("packet-reader", "ping-pong", [.. packets[6], .. packets[7], .. packets[6]]);
        byte[] large = Packet(Media(new TDMediaPackage { PackageType = 2, Sync = 1, StartTime = 1, SeqNum = 1 }, 600).ToByteArray());
        folder.Add("packet-reader", "media", packets[^1]);
        folder.Add("packet-reader", "media-beyond-control-limit", large);
        folder.Add("packet-reader", "control-beyond-its-limit", [.. large[..4], 8, 1, .. large[6..]]);
        folder.Add("packet-reader", "too-long", [0x7F, 0xFF, 0xFF, 0xFF, 8, 10]);
        folder.Add("packet-reader", "empty", [0, 0, 0, 0]);
        folder.Add("media-codec", "unknown-fields", [.. Messages[8].Message.ToByteArray(), 0xA0, 0x06, 0x96, 0x01, 0xAA, 0x06, 2, 1, 2, 0xAD, 0x06, 1, 2, 3, 4, 0xB1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8]);
    }

    private static HEDGWMessage Media(TDMediaPackage package, int bytes)
    {
        package.Data = ByteString.CopyFrom([.. Enumerable.Range(0, bytes).Select(static i => (byte)i)]);
        package.DataSize = (uint)bytes;
        return new HEDGWMessage { MessageType = HEDGWMessage.Types.MessageType.TdmediaPackage, TdMediaPackage = package };
    }

    private static byte[] Packet(byte[] message)
    {
        byte[] packet = new byte[sizeof(uint) + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, message.Length);
        message.CopyTo(packet, sizeof(uint));
        return packet;
    }
}
