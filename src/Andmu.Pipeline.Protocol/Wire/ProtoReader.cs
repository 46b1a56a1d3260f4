using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>
/// Reads protobuf fields out of a sequence, forwards, without copying or allocating (protobuf encoding; specification 5.2 asks for
/// protobuf 2).
/// </summary>
/// <remarks>
/// <code>
/// field  = tag value         tag = varint of (field number * 8 + wire type)
/// value  = varint            seven bits a byte, least significant first, the top bit set on all but the last; at most ten
///        | 8 bytes | 4 bytes
///        | varint n, n bytes
/// </code>
/// Values wider than their field are cut to its width, as protobuf prescribes; tags and lengths that are too wide are refused.
/// </remarks>
internal ref struct ProtoReader
{
    private const int MaxVarintBytes = 10;
    private const int BitsPerVarintByte = 7;
    private const byte MoreBytes = 0x80;

    private readonly PacketContext _context;
    private SequenceReader<byte> _reader;

    public ProtoReader(in ReadOnlySequence<byte> bytes, PacketContext context)
    {
        _context = context;
        _reader = new SequenceReader<byte>(bytes);
    }

    public readonly bool End => _reader.End;

    /// <summary>Where the reader stands, in bytes from the start of the packet.</summary>
    public readonly long Offset => _context.Origin + _reader.Consumed;

    /// <summary>Reads a tag; its field number is not 0.</summary>
    public uint ReadTag()
    {
        ulong tag = ReadUInt64();
        if (tag is <= Tags.WireTypeMask or > uint.MaxValue)
        {
            Throw(ProtocolErrorCode.InvalidTag, "a field number is 0 or beyond 29 bits");
        }

        return (uint)tag;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32() => unchecked((uint)ReadUInt64());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64() => _reader.TryRead(out byte first) && first < MoreBytes ? first : ReadUInt64Slow(first);

    /// <summary>Reads a length and that many bytes, as a slice of the input.</summary>
    public ReadOnlySequence<byte> ReadBytes()
    {
        ulong length = ReadUInt64();
        if (length > int.MaxValue)
        {
            Throw(ProtocolErrorCode.InvalidLength, "a field's length is beyond 31 bits");
        }

        if (!_reader.TryReadExact((int)length, out ReadOnlySequence<byte> bytes))
        {
            ThrowTruncated();
        }

        return bytes;
    }

    /// <summary>Skips a field that no case of the caller's took: one that the schema does not have.</summary>
    /// <param name="tag">The field's tag, just read.</param>
    /// <param name="schema">A bit for every field number that the schema has; such a field comes here by a wrong wire type.</param>
    public void SkipUnknown(uint tag, uint schema)
    {
        uint field = tag >> Tags.FieldShift;
        if (field < 32 && (schema >> (int)field & 1) != 0)
        {
            Throw(ProtocolErrorCode.WrongWireType, $"field {field} has wire type {tag & Tags.WireTypeMask}");
        }

        SkipValue(tag);
    }

    /// <summary>Skips the value of a field whose tag was just read.</summary>
    public void SkipValue(uint tag)
    {
        switch ((WireType)(tag & Tags.WireTypeMask))
        {
            case WireType.Varint:
                ReadUInt64();
                break;
            case WireType.Fixed64:
                Advance(sizeof(ulong));
                break;
            case WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireType.Fixed32:
                Advance(sizeof(uint));
                break;
            case WireType.StartGroup or WireType.EndGroup:
                Throw(ProtocolErrorCode.UnsupportedGroup, $"field {tag >> Tags.FieldShift} is a group");
                break;
            default:
                Throw(ProtocolErrorCode.InvalidWireType, $"field {tag >> Tags.FieldShift} has wire type {tag & Tags.WireTypeMask}");
                break;
        }
    }

    [DoesNotReturn]
    public readonly void Throw(ProtocolErrorCode code, string detail) =>
        throw new ProtocolException(code, detail, _context.PacketLength, _context.Type, Offset);

    // The first byte is read already; it has its top bit set, unless there was none to read.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadUInt64Slow(byte first)
    {
        if (first < MoreBytes)
        {
            ThrowTruncated();
        }

        ulong value = first & ~(uint)MoreBytes;
        for (int i = 1; i < MaxVarintBytes; i++)
        {
            if (!_reader.TryRead(out byte next))
            {
                ThrowTruncated();
            }

            value |= (ulong)(next & ~(uint)MoreBytes) << (BitsPerVarintByte * i);
            if (next < MoreBytes)
            {
                return value;
            }
        }

        Throw(ProtocolErrorCode.MalformedVarint, "a varint has more than ten bytes");
        return 0;
    }

    private void Advance(int count)
    {
        if (_reader.Remaining < count)
        {
            ThrowTruncated();
        }

        _reader.Advance(count);
    }

    [DoesNotReturn]
    private readonly void ThrowTruncated() =>
        Throw(ProtocolErrorCode.Truncated, $"a field reaches beyond the end of its message, {_reader.Remaining} bytes on");
}
