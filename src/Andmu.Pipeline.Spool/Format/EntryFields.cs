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
            | (media.ControlFlag.HasValue ? RecordFlags.HasControlFlag : 0)
            | (media.IsEventMedia ? RecordFlags.EventMedia : 0);
    }

    public static void Write(Span<byte> destination, in SpoolEvent happened)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, happened.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], happened.Status);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], happened.IpcamTime);
    }

    /// <summary>False for a payload that is too short to be one: written by somebody else.</summary>
    public static bool TryReadMedia(ReadOnlySpan<byte> payload, RecordFlags flags, out SpoolMedia media)
    {
        media = default;
        if (payload.Length < MediaSize)
        {
            return false;
        }

        media = new SpoolMedia(
            BinaryPrimitives.ReadUInt32LittleEndian(payload),
            flags.HasFlag(RecordFlags.KeyFrame),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]),
            flags.HasFlag(RecordFlags.HasIpcamTime) ? BinaryPrimitives.ReadUInt64LittleEndian(payload[16..]) : null,
            flags.HasFlag(RecordFlags.HasControlFlag) ? BinaryPrimitives.ReadUInt32LittleEndian(payload[12..]) : null,
            flags.HasFlag(RecordFlags.EventMedia));
        return true;
    }

    /// <summary>False for a payload that is too short to be one.</summary>
    public static bool TryReadEvent(ReadOnlySpan<byte> payload, out SpoolEvent happened)
    {
        happened = default;
        if (payload.Length < EventSize)
        {
            return false;
        }

        happened = new SpoolEvent(
            BinaryPrimitives.ReadUInt32LittleEndian(payload),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]));
        return true;
    }
}
