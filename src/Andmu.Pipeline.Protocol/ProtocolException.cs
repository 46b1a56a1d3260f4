using System.Globalization;
using System.Text;

namespace Andmu.Pipeline.Protocol;

/// <summary>
/// A peer broke the wire protocol (specification 5.2). What it carries is enough to find the packet in a capture; it never carries
/// a field's contents, which may be secret.
/// </summary>
public sealed class ProtocolException : Exception
{
    internal ProtocolException(
        ProtocolErrorCode code,
        string detail,
        long? packetLength = null,
        MessageType? messageType = null,
        long? offset = null,
        int? limit = null,
        Exception? innerException = null)
        : base(Describe(code, detail, packetLength, messageType, offset, limit), innerException)
    {
        Code = code;
        PacketLength = packetLength;
        MessageType = messageType;
        Offset = offset;
        Limit = limit;
    }

    /// <summary>What is wrong.</summary>
    public ProtocolErrorCode Code { get; }

    /// <summary>The value of the packet's length prefix in bytes; null if only a part of the packet was given to the reader.</summary>
    public long? PacketLength { get; }

    /// <summary>The message's type, as far as it was known when the error was found.</summary>
    public MessageType? MessageType { get; }

    /// <summary>
    /// Where, in bytes from the packet's first byte, the length prefix included; from the first byte given to the reader if
    /// <see cref="PacketLength"/> is null.
    /// </summary>
    public long? Offset { get; }

    /// <summary>The limit in bytes that was passed; null if the error is not one of size.</summary>
    public int? Limit { get; }

    private static string Describe(
        ProtocolErrorCode code, string detail, long? packetLength, MessageType? messageType, long? offset, int? limit)
    {
        StringBuilder text = new();
        text.Append(code).Append(": ").Append(detail);
        Append(text, "message type", messageType);
        Append(text, "packet length", packetLength);
        Append(text, "offset", offset);
        Append(text, "limit", limit);
        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, string name, T? value)
        where T : struct
    {
        if (value is { } known)
        {
            text.Append(CultureInfo.InvariantCulture, $"; {name} {known}");
        }
    }
}
