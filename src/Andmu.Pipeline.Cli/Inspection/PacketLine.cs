using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Cli.Inspection;

/// <summary>Puts one packet on one line.</summary>
/// <param name="offset">Of the packet's first byte in the stream.</param>
/// <param name="message">The packet without its length prefix.</param>
/// <exception cref="ProtocolException">The message is malformed.</exception>
internal delegate string PacketLineFormat(long offset, in ReadOnlySequence<byte> message);

/// <summary>The two ways to print a packet.</summary>
internal sealed class PacketLine(PacketLineFormat format)
{
    /// <summary>For people: columns.</summary>
    public static PacketLine Text { get; } = new(static (offset, in message) =>
        string.Create(CultureInfo.InvariantCulture, $"{offset,10} {message.Length,8}  {PacketFormatter.ToLine(message)}"));

    /// <summary>For programs: <c>{"offset":0,"length":6,"packet":{...}}</c>.</summary>
    public static PacketLine Json { get; } = new(static (offset, in message) =>
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("offset", offset);
            json.WriteNumber("length", message.Length);
            json.WritePropertyName("packet");
            PacketFormatter.WriteJson(json, message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    });

    /// <inheritdoc cref="PacketLineFormat"/>
    public string Format(long offset, in ReadOnlySequence<byte> message) => format(offset, message);
}
