using System.Numerics;

namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>Writes protobuf fields into a span that the caller has made large enough (protobuf encoding).</summary>
internal ref struct ProtoWriter(Span<byte> destination)
{
    private const int BitsPerVarintByte = 7;
    private const byte MoreBytes = 0x80;

    private readonly Span<byte> _destination = destination;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _destination[.._length];

    /// <summary>The bytes that a varint takes: 1 to 10.</summary>
    public static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) / BitsPerVarintByte) + 1;

    /// <summary>The bytes that a field with a one-byte tag (field number up to 15) takes.</summary>
    public static int FieldLength(ulong value) => 1 + VarintLength(value);

    public void WriteBigEndian(uint value)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(_destination[_length..], value);
        _length += sizeof(uint);
    }

    public void WriteField(uint tag, ulong value)
    {
        _destination[_length++] = (byte)tag;
        while (value >= MoreBytes)
        {
            _destination[_length++] = (byte)(value | MoreBytes);
            value >>= BitsPerVarintByte;
        }

        _destination[_length++] = (byte)value;
    }
}
