using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>Where our readers are stricter than Google.Protobuf, and say so: what they refuse for another reason, Google.Protobuf refuses too.</summary>
internal static class ProtobufRules
{
    public static bool IsOurs(ProtocolErrorCode code) => code is
        ProtocolErrorCode.WrongWireType
        or ProtocolErrorCode.UnsupportedGroup
        or ProtocolErrorCode.InvalidTag // a field number beyond 29 bits is cut to fit there
        or ProtocolErrorCode.RepeatedMessageType
        or ProtocolErrorCode.SeveralBodies
        or ProtocolErrorCode.MissingMessageType
        or ProtocolErrorCode.MissingBody
        or ProtocolErrorCode.MissingField
        or ProtocolErrorCode.DataSizeMismatch
        or ProtocolErrorCode.InvalidWireType // wire types 6 and 7
        or ProtocolErrorCode.InvalidLength;
}
