using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Andmu.Pipeline.Protocol.Wire;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// Reads a TDMediaPackage (specification 5.2.3). Stateless, so free of threading rules; it allocates nothing and copies no byte.
/// </summary>
/// <remarks>
/// Fields are read in any order, the last of a repeated field counts and unknown ones are skipped, as protobuf prescribes. Stricter
/// than protobuf: data_size is the length of data, a field of the schema has the schema's wire type, and groups are refused.
/// </remarks>
public static class MediaPackageReader
{
    /// <summary>Reads the body of a message whose type is <see cref="MessageType.MediaPackage"/>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>A view of the package.</returns>
    /// <exception cref="ArgumentException">The message is of another type.</exception>
    /// <exception cref="ProtocolException">The body is malformed, lacks a required field, or data_size is wrong.</exception>
    public static MediaPackage Read(in InboundMessage message)
    {
        if (message.Type != MessageType.MediaPackage)
        {
            ThrowOtherType(message);
        }

        return Read(message.Body, PacketContext.Of(message));
    }

    /// <summary>Reads a package from its bytes alone; an error then gives its offset in these bytes.</summary>
    /// <param name="body">The bytes of the nested message: <see cref="InboundMessage.Body"/>.</param>
    /// <returns>A view of the package.</returns>
    /// <exception cref="ProtocolException">The body is malformed, lacks a required field, or data_size is wrong.</exception>
    public static MediaPackage Read(in ReadOnlySequence<byte> body) =>
        Read(body, PacketContext.Partial(MessageType.MediaPackage));

    private static MediaPackage Read(in ReadOnlySequence<byte> body, PacketContext context)
    {
        ProtoReader reader = new(body, context);
        uint packageType = 0;
        uint sync = 0;
        uint dataSize = 0;
        uint startTime = 0;
        uint sequenceNumber = 0;
        ulong? ipcamTime = null;
        uint? controlFlag = null;
        ReadOnlySequence<byte> data = default;
        int unknownFields = 0;
        uint seen = 0;
        while (!reader.End)
        {
            uint tag = reader.ReadTag();
            switch (tag)
            {
                case Tags.MediaPackage.PackageType:
                    packageType = reader.ReadUInt32();
                    break;
                case Tags.MediaPackage.Sync:
                    sync = reader.ReadUInt32();
                    break;
                case Tags.MediaPackage.Data:
                    data = reader.ReadBytes();
                    break;
                case Tags.MediaPackage.DataSize:
                    dataSize = reader.ReadUInt32();
                    break;
                case Tags.MediaPackage.StartTime:
                    startTime = reader.ReadUInt32();
                    break;
                case Tags.MediaPackage.SequenceNumber:
                    sequenceNumber = reader.ReadUInt32();
                    break;
                case Tags.MediaPackage.IpcamTime:
                    ipcamTime = reader.ReadUInt64();
                    break;
                case Tags.MediaPackage.ControlFlag:
                    controlFlag = reader.ReadUInt32();
                    break;
                default:
                    reader.SkipUnknown(tag, Tags.MediaPackage.Fields);
                    unknownFields++;
                    continue;
            }

            seen |= 1u << (int)(tag >> Tags.FieldShift);
        }

        if ((seen & Tags.MediaPackage.RequiredFields) != Tags.MediaPackage.RequiredFields)
        {
            ThrowMissingField(reader, seen);
        }

        if (dataSize != data.Length)
        {
            ThrowDataSizeMismatch(reader, dataSize, data.Length);
        }

        MediaPackageHeader header = new((PackageType)packageType, sync == 1, startTime, sequenceNumber, ipcamTime, controlFlag);
        return new MediaPackage(header, data, unknownFields);
    }

    [DoesNotReturn]
    private static void ThrowMissingField(in ProtoReader reader, uint seen)
    {
        string name = BitOperations.TrailingZeroCount(Tags.MediaPackage.RequiredFields & ~seen) switch
        {
            1 => "package_type",
            2 => "sync",
            3 => "data",
            4 => "data_size",
            5 => "start_time",
            _ => "seq_num",
        };
        reader.Throw(ProtocolErrorCode.MissingField, $"{name} is absent");
    }

    [DoesNotReturn]
    private static void ThrowDataSizeMismatch(in ProtoReader reader, uint dataSize, long dataLength) =>
        reader.Throw(ProtocolErrorCode.DataSizeMismatch, $"data_size is {dataSize}, data has {dataLength} bytes");

    [DoesNotReturn]
    private static void ThrowOtherType(in InboundMessage message) =>
        throw new ArgumentException($"The message is a {message.Type}, no media package.", nameof(message));
}
