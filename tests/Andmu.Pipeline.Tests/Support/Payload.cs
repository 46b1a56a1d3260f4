using System.Buffers.Binary;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>Bytes that tell their number and whether they are all there: a torn or mixed-up payload fails <see cref="Check"/>.</summary>
/// <remarks>
/// <code>
///   | header | number (4) | byte i = number * 31 + i, with bit 0 set |
/// </code>
/// The last byte is never 0, so that no trailing zero byte is cut off as padding.
/// </remarks>
internal static class Payload
{
    public const int NumberBytes = sizeof(int);

    public static byte[] Make(ReadOnlySpan<byte> header, int number, int bytes)
    {
        byte[] payload = new byte[Math.Max(bytes, header.Length + NumberBytes + 1)];
        Fill(payload, header, number);
        return payload;
    }

    public static void Fill(Span<byte> payload, ReadOnlySpan<byte> header, int number)
    {
        header.CopyTo(payload);
        Span<byte> body = payload[header.Length..];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        for (int i = NumberBytes; i < body.Length; i++)
        {
            body[i] = Pattern(number, i);
        }
    }

    /// <summary>The number of a payload, after every byte of it has been looked at.</summary>
    public static int Check(ReadOnlySpan<byte> payload, int headerBytes)
    {
        ReadOnlySpan<byte> body = payload[headerBytes..];
        int number = BinaryPrimitives.ReadInt32LittleEndian(body);
        for (int i = NumberBytes; i < body.Length; i++)
        {
            if (body[i] != Pattern(number, i))
            {
                Assert.Fail($"Byte {i} of payload {number} is {body[i]:x2}, not {Pattern(number, i):x2}: the payload is torn.");
            }
        }

        return number;
    }

    private static byte Pattern(int number, int index) => (byte)((number * 31 + index) | 1);
}
