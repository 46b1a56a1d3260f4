using System.Buffers;

namespace Andmu.Pipeline.Protocol;

/// <summary>A TDMediaPackage as read from a peer (specification 5.2.3). A view: valid as long as the packet's bytes.</summary>
public readonly struct MediaPackage
{
    internal MediaPackage(in MediaPackageHeader header, in ReadOnlySequence<byte> data, int unknownFields)
    {
        Header = header;
        Data = data;
        UnknownFields = unknownFields;
    }

    /// <summary>All fields but the data.</summary>
    public MediaPackageHeader Header { get; }

    /// <summary>What the data is; keeps the number of a type that <see cref="Protocol.PackageType"/> does not name.</summary>
    public PackageType PackageType => Header.PackageType;

    /// <summary>Whether sync is 1: a key frame.</summary>
    public bool IsKeyFrame => Header.IsKeyFrame;

    /// <summary>The media: a slice of the packet's bytes.</summary>
    public ReadOnlySequence<byte> Data { get; }

    /// <summary>Milliseconds on the media clock; wraps to 0.</summary>
    public uint StartTime => Header.StartTime;

    /// <summary>seq_num: audio and video each count their own; wraps to 0.</summary>
    public uint SequenceNumber => Header.SequenceNumber;

    /// <summary>Milliseconds since 1970 (UTC) when the media was captured; null if absent.</summary>
    public ulong? IpcamTime => Header.IpcamTime;

    /// <summary>Event-recording plan only: 1 caused by an event, 2 caused by a viewer; null if absent.</summary>
    public uint? ControlFlag => Header.ControlFlag;

    /// <summary>How many fields the specification does not have; they were skipped.</summary>
    public int UnknownFields { get; }
}
