using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Protocol.Wire;

/// <summary>
/// Reads protobuf fields out of a sequence, forwards, without copying or allocating (protobuf encoding; specification 5.2 asks for
/// protobuf 2). Time is linear in the bytes, however many segments they lie in.
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

    private readonly ref readonly ReadOnlySequence<byte> _bytes;
    private readonly PacketContext _context;
    private readonly long _length;
    private ReadOnlySpan<byte> _span;
    private int _index;

    // Only where there are several segments: where this one begins, where the next does, and the bytes before this one.
    private SequencePosition _segment;
    private SequencePosition _next;
    private long _before;

    public ProtoReader(in ReadOnlySequence<byte> bytes, PacketContext context)
    {
        _bytes = ref bytes;
        _context = context;
        _span = bytes.FirstSpan;
        _length = _span.Length;
        if (!bytes.IsSingleSegment)
        {
            _length = bytes.Length;
            _segment = _next = bytes.Start;
            bytes.TryGet(ref _next, out _);
        }
    }

    public readonly bool End => Consumed == _length;

    public readonly long Consumed => _before + _index;

    private readonly long Remaining => _length - Consumed;

    /// <summary>Reads a tag; its field number is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    public ulong ReadUInt64()
    {
        ReadOnlySpan<byte> span = _span;
        int index = _index;
        if ((uint)index < (uint)span.Length && span[index] < MoreBytes)
        {
            _index = index + 1;
            return span[index];
        }

        return ReadUInt64Slow();
    }

    /// <summary>Reads a length and that many bytes, as a slice of the input.</summary>
    public ReadOnlySequence<byte> ReadBytes()
    {
        int length = ReadLength();
        ReadOnlySequence<byte> bytes = _bytes.IsSingleSegment
            ? _bytes.Slice(_index, length)
            : _bytes.Slice(_bytes.GetPosition(_index, _segment), length);
        Advance(length);
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
            ThrowAtField(ProtocolErrorCode.WrongWireType, tag);
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
                Advance(ReadLength());
                break;
            case WireType.Fixed32:
                Advance(sizeof(uint));
                break;
            case WireType.StartGroup or WireType.EndGroup:
                ThrowAtField(ProtocolErrorCode.UnsupportedGroup, tag);
                break;
            default:
                ThrowAtField(ProtocolErrorCode.InvalidWireType, tag);
                break;
        }
    }

    [DoesNotReturn]
    public readonly void Throw(ProtocolErrorCode code, string detail) => throw _context.Error(code, detail, Consumed);

    private int ReadLength()
    {
        ulong length = ReadUInt64();
        if (length > int.MaxValue)
        {
            Throw(ProtocolErrorCode.InvalidLength, "a field's length is beyond 31 bits");
        }

        if ((long)length > Remaining)
        {
            ThrowTruncated();
        }

        return (int)length;
    }

    // More than one byte, at the end of a segment, or at the end of all.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadUInt64Slow()
    {
        ulong value = 0;
        for (int i = 0; i < MaxVarintBytes; i++)
        {
            byte next = ReadByte();
            value |= (ulong)(next & ~(uint)MoreBytes) << (BitsPerVarintByte * i);
            if (next < MoreBytes)
            {
                return value;
            }
        }

        Throw(ProtocolErrorCode.MalformedVarint, "a varint has more than ten bytes");
        return 0;
    }

    private byte ReadByte()
    {
        if (_index == _span.Length)
        {
            if (Remaining == 0)
            {
                ThrowTruncated();
            }

            MoveToNextSegment();
        }

        return _span[_index++];
    }

    private void Advance(int count)
    {
        if (count > Remaining)
        {
            ThrowTruncated();
        }

        while (count > _span.Length - _index)
        {
            count -= _span.Length - _index;
            MoveToNextSegment();
        }

        _index += count;
    }

    // Only while bytes remain; ends on a segment that is not empty.
    private void MoveToNextSegment()
    {
        ReadOnlyMemory<byte> memory;
        _before += _span.Length;
        do
        {
            _segment = _next;
            _bytes.TryGet(ref _next, out memory);
        }
        while (memory.IsEmpty);

        _span = memory.Span;
        _index = 0;
    }

    [DoesNotReturn]
    private readonly void ThrowAtField(ProtocolErrorCode code, uint tag) =>
        Throw(code, $"field {tag >> Tags.FieldShift} has wire type {tag & Tags.WireTypeMask}");

    [DoesNotReturn]
    private readonly void ThrowTruncated() =>
        Throw(ProtocolErrorCode.Truncated, $"a field reaches beyond the end of its message, {Remaining} bytes on");
}
