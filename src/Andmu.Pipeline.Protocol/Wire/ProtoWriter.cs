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
        Span<byte> field = _destination[_length..];
        field[0] = (byte)tag;
        int length = 1;
        while (value >= MoreBytes)
        {
            field[length++] = (byte)(value | MoreBytes);
            value >>= BitsPerVarintByte;
        }

        field[length] = (byte)value;
        _length += length + 1;
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[_length..]);
        _length += bytes.Length;
    }
}
