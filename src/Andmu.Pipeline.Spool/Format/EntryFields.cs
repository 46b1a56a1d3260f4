using System.Buffers.Binary;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>How a payload begins: the fields of a media package or of an event, little-endian; the data follows.</summary>
/// <remarks>
/// <code>
///   media | package_type | start_time | seq_num | control_flag | ipcam_time | data
///         0              4            8         12             16           24
///   event | type | status | ipcam_time | msg, UTF-8
///         0      4        8            16
/// </code>
/// </remarks>
internal static class EntryFields
{
    /// <summary>Bytes of a media package's fields.</summary>
    public const int MediaSize = 24;

    /// <summary>Bytes of an event's fields.</summary>
    public const int EventSize = 16;

    /// <summary>The larger of both.</summary>
    public const int MaxSize = MediaSize;

    public static RecordFlags Write(Span<byte> destination, in SpoolMedia media)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, media.PackageType);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], media.StartTime);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], media.SequenceNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], media.ControlFlag.GetValueOrDefault());
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], media.IpcamTime.GetValueOrDefault());
        return (media.IsKeyFrame ? RecordFlags.KeyFrame : 0)
            | (media.IpcamTime.HasValue ? RecordFlags.HasIpcamTime : 0)
            | (media.ControlFlag.HasValue ? RecordFlags.HasControlFlag : 0);
    }

    public static void Write(Span<byte> destination, in SpoolEvent happened)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, happened.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], happened.Status);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], happened.IpcamTime);
    }

    /// <summary>Bytes of the fields.</summary>
    public static int SizeOf(SpoolLane lane) => lane == SpoolLane.Media ? MediaSize : EventSize;

    /// <summary>Whether a record found in a lane is one that belongs there and has its fields.</summary>
    public static bool IsValid(SpoolLane lane, RecordType type, int length) =>
        length >= SizeOf(lane) && type == (lane == SpoolLane.Media ? RecordType.Media : RecordType.Event);

    public static SpoolMedia ReadMedia(ReadOnlySpan<byte> payload, RecordFlags flags) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(payload),
        flags.Has(RecordFlags.KeyFrame),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]),
        flags.Has(RecordFlags.HasIpcamTime) ? BinaryPrimitives.ReadUInt64LittleEndian(payload[16..]) : null,
        flags.Has(RecordFlags.HasControlFlag) ? BinaryPrimitives.ReadUInt32LittleEndian(payload[12..]) : null);

    public static SpoolEvent ReadEvent(ReadOnlySpan<byte> payload) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(payload),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]));
}
