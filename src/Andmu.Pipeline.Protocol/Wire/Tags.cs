namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>
/// The tags (field number * 8 + wire type) of the messages that are coded by hand, and for each message a bit for every field
/// number that the schema has (specification appendix D).
/// </summary>
internal static class Tags
{
    public const int FieldShift = 3;
    public const uint WireTypeMask = 7;

    private const uint Varint = (uint)WireType.Varint;
    private const uint LengthDelimited = (uint)WireType.LengthDelimited;

    public static class Envelope
    {
        public const uint MessageType = (1 << FieldShift) | Varint;
        public const uint DevLoginReq = (2 << FieldShift) | LengthDelimited;
        public const uint DevLoginResp = (3 << FieldShift) | LengthDelimited;
        public const uint DevEventCmd = (5 << FieldShift) | LengthDelimited;
        public const uint DevServerCmd = (6 << FieldShift) | LengthDelimited;
        public const uint DevAppCmd = (7 << FieldShift) | LengthDelimited;
        public const uint DevIpCamCmd = (8 << FieldShift) | LengthDelimited;
        public const uint Ping = (9 << FieldShift) | LengthDelimited;
        public const uint Pong = (10 << FieldShift) | LengthDelimited;
        public const uint MediaPackage = (11 << FieldShift) | LengthDelimited;

        public const uint Fields = 0b1111_1110_1110;
    }

    public static class Heartbeat
    {
        public const uint Id = (1 << FieldShift) | Varint;

        public const uint Fields = 0b10;
    }

    public static class MediaPackage
    {
        public const uint PackageType = (1 << FieldShift) | Varint;
        public const uint Sync = (2 << FieldShift) | Varint;
        public const uint Data = (3 << FieldShift) | LengthDelimited;
        public const uint DataSize = (4 << FieldShift) | Varint;
        public const uint StartTime = (5 << FieldShift) | Varint;
        public const uint SequenceNumber = (6 << FieldShift) | Varint;
        public const uint IpcamTime = (7 << FieldShift) | Varint;
        public const uint ControlFlag = (8 << FieldShift) | Varint;

        public const uint Fields = 0b1_1111_1110;
        public const uint RequiredFields = 0b111_1110;
    }
}
