namespace Andmu.Pipeline.Protocol;

/// <summary>What is wrong with a peer's packet. Every one of these ends the connection: after it the stream cannot be trusted.</summary>
public enum ProtocolErrorCode
{
    /// <summary>The length prefix is zero: no message is that short, message_type being required.</summary>
    EmptyPacket = 1,

    /// <summary>The length prefix is above <see cref="PacketLimits.MaxMediaPacketBytes"/>.</summary>
    PacketTooLarge = 2,

    /// <summary>
    /// The length prefix is above <see cref="PacketLimits.MaxControlPacketBytes"/> and the message does not begin with the two bytes
    /// that say TDMediaPackage.
    /// </summary>
    ControlPacketTooLarge = 3,

    /// <summary>A field reaches beyond the end of its message.</summary>
    Truncated = 4,

    /// <summary>A varint has more than ten bytes.</summary>
    MalformedVarint = 5,

    /// <summary>A field number is 0, or a tag does not fit 32 bits.</summary>
    InvalidTag = 6,

    /// <summary>A wire type that protobuf does not have (6 or 7).</summary>
    InvalidWireType = 7,

    /// <summary>A group, a form that the schema does not have and protobuf has given up.</summary>
    UnsupportedGroup = 8,

    /// <summary>A field of the schema has another wire type than the schema says.</summary>
    WrongWireType = 9,

    /// <summary>The length of a field does not fit 31 bits.</summary>
    InvalidLength = 10,

    /// <summary>The envelope has no message_type.</summary>
    MissingMessageType = 11,

    /// <summary>The envelope says message_type twice, which could smuggle a control message past its limit.</summary>
    RepeatedMessageType = 12,

    /// <summary>The envelope does not hold the message that message_type names.</summary>
    MissingBody = 13,

    /// <summary>The envelope holds two messages, of one type or of two.</summary>
    SeveralBodies = 14,

    /// <summary>A required field is absent.</summary>
    MissingField = 15,

    /// <summary>TDMediaPackage.data_size differs from the length of its data (specification 5.2.3).</summary>
    DataSizeMismatch = 16,

    /// <summary>A control message is not what its schema says.</summary>
    MalformedBody = 17,
}
