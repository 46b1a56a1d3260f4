using System.Buffers.Binary;
using Andmu.Hedgw;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests.Support;

/// <summary>What Google.Protobuf makes of the same values: the other side of every differential test.</summary>
internal static class Reference
{
    public static HEDGWMessage Message(in MediaPackageHeader header, byte[] payload) => new()
    {
        MessageType = HEDGWMessage.Types.MessageType.TdmediaPackage,
        TdMediaPackage = Package(header, payload),
    };

    public static HEDGWMessage Ping(uint id) =>
        new() { MessageType = HEDGWMessage.Types.MessageType.Ping, Ping = new Ping { Id = id } };

    public static HEDGWMessage Pong(uint id) =>
        new() { MessageType = HEDGWMessage.Types.MessageType.Pong, Pong = new Pong { Id = id } };

    public static byte[] Packet(HEDGWMessage message)
    {
        byte[] body = message.ToByteArray();
        byte[] packet = new byte[sizeof(uint) + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, body.Length);
        body.CopyTo(packet, sizeof(uint));
        return packet;
    }

    public static MediaPackageHeader Header(TDMediaPackage package) => new(
        (PackageType)package.PackageType,
        package.Sync == 1,
        package.StartTime,
        package.SeqNum,
        package.HasIpcamTime ? package.IpcamTime : null,
        package.HasControlFlag ? package.ControlFlag : null);

    private static TDMediaPackage Package(in MediaPackageHeader header, byte[] payload)
    {
        TDMediaPackage package = new()
        {
            PackageType = (uint)header.PackageType,
            Sync = header.IsKeyFrame ? 1u : 0u,
            Data = ByteString.CopyFrom(payload),
            DataSize = (uint)payload.Length,
            StartTime = header.StartTime,
            SeqNum = header.SequenceNumber,
        };
        if (header.IpcamTime is { } ipcamTime)
        {
            package.IpcamTime = ipcamTime;
        }

        if (header.ControlFlag is { } controlFlag)
        {
            package.ControlFlag = controlFlag;
        }

        return package;
    }
}
