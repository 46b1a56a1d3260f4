using System.Buffers.Binary;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Reading;

/// <summary>Walks the records of a segment, whatever has become of it: gives all that are whole, skips and counts the rest, never throws.</summary>
/// <remarks>
/// <code>
///   | header | rec rec rec 000 | rec rec ~~~~ rec 000 | rec re
///            ^ block           ^ block   ^ damage         ^ torn
/// </code>
/// Where no record starts, the next occurrence of magic and salt is looked for, byte by byte. Zeros up to the next block are what every
/// batch ends with, and zeros up to the file's end are what a power cut leaves: neither is damage. One thread.
/// </remarks>
internal sealed class SegmentScanner(int bufferBytes)
{
    // Read in pieces that stay in the second-level cache between the read and the checksum.
    private const int ChunkBytes = 128 * 1024;
    private const int PatternBytes = 8;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(bufferBytes, ChunkBytes) + RecordHeader.Size, pinned: false);
    private readonly byte[] _pattern = new byte[PatternBytes];
    private IBlockFile? _file;
    private bool _isSaltKnown;
    private long _windowOffset;
    private int _start;
    private int _end;
    private int _payloadStart;
    private int _payloadLength;

    /// <summary>Where the scan is in the file.</summary>
    public long Position => _windowOffset + _start;

    /// <summary>Sequence of the last record given.</summary>
    public ulong LastSequence { get; private set; }

    /// <summary>Salt of the segment, once it is known.</summary>
    public uint Salt => BinaryPrimitives.ReadUInt32LittleEndian(_pattern.AsSpan(sizeof(uint)));

    /// <summary>Places where something else stood than records.</summary>
    public int DamagedPlaces { get; private set; }

    /// <summary>Bytes that they take.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>Told of each damaged place before what follows it: where it starts, and the bytes that it takes.</summary>
    public Action<long, long>? Damaged { get; init; }

    /// <summary>Why the scan came to <see cref="ScanResult.Fault"/>.</summary>
    public StoreFault Fault { get; private set; }

    /// <summary>Of the record given last; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Payload => _buffer.AsMemory(_payloadStart, _payloadLength);

    /// <summary>Starts anew.</summary>
    /// <param name="file">Not owned.</param>
    /// <param name="salt">The segment's; null when its header is damaged: then the first whole record says it.</param>
    /// <param name="offset">Where to start: at a record, or somewhere before.</param>
    /// <param name="after">Records have higher sequences than this.</param>
    public void Start(IBlockFile file, uint? salt, long offset, ulong after)
    {
        _file = file;
        _isSaltKnown = salt.HasValue;
        BinaryPrimitives.WriteUInt32LittleEndian(_pattern, RecordHeader.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(_pattern.AsSpan(sizeof(uint)), salt.GetValueOrDefault());
        _windowOffset = offset;
        _start = _end = _payloadLength = 0;
        LastSequence = after;
        DamagedPlaces = 0;
        DamagedBytes = 0;
        Fault = StoreFault.None;
    }

    /// <summary>The next whole record.</summary>
    /// <param name="limit">Where the part of the file ends that may be read; <see cref="long.MaxValue"/> for the file's end.</param>
    /// <param name="header">The record's.</param>
    public ScanResult Next(long limit, out RecordHeader header)
    {
        long gap = Position;
        bool isZero = true;
        while (TryFill(RecordHeader.Size, limit))
        {
            if (!TryReadHeader(out header))
            {
                isZero &= SkipToCandidate();
                continue;
            }

            int whole = RecordHeader.Size + header.Length;
            if (!IsBeforeEnd(whole, limit) || !TryFill(whole, limit))
            {
                if (Fault != StoreFault.None)
                {
                    break;
                }

                // Cut off, or its length leads beyond the end: others may stand behind its header.
                isZero = false;
                _start++;
                continue;
            }

            CountGap(gap, isZero);
            if (TakePayload(header))
            {
                return ScanResult.Record;
            }

            gap = Position;
            isZero = true;
        }

        header = default;
        if (Fault != StoreFault.None)
        {
            return ScanResult.Fault;
        }

        CountTail(gap, isZero);
        return ScanResult.End;
    }

    private bool TryReadHeader(out RecordHeader header)
    {
        if (!RecordHeader.TryRead(_buffer.AsSpan(_start, _end - _start), out header) || header.Sequence <= LastSequence)
        {
            return false;
        }

        if (!_isSaltKnown)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_pattern.AsSpan(sizeof(uint)), header.Salt);
            _isSaltKnown = true;
        }

        return header.Salt == Salt;
    }

    /// <summary>Passes the record at the start; false when its payload is not what was written.</summary>
    private bool TakePayload(in RecordHeader header)
    {
        _payloadStart = _start + RecordHeader.Size;
        _payloadLength = header.Length;
        _start = _payloadStart + header.Length;
        if (Crc32C.Of(_buffer.AsSpan(_payloadStart, _payloadLength)) != header.PayloadCrc)
        {
            Count(Position - header.Length - RecordHeader.Size, RecordHeader.Size + header.Length);
            return false;
        }

        LastSequence = header.Sequence;
        return true;
    }

    /// <summary>To where the next record might start; true when only zeros were passed.</summary>
    private bool SkipToCandidate()
    {
        Span<byte> rest = _buffer.AsSpan(_start, _end - _start);
        ReadOnlySpan<byte> pattern = _pattern.AsSpan(0, _isSaltKnown ? PatternBytes : sizeof(uint));
        int found = rest[1..].IndexOf(pattern);
        int skipped = found >= 0 ? found + 1 : rest.Length - (pattern.Length - 1);
        _start += skipped;
        return !rest[..skipped].ContainsAnyExcept((byte)0);
    }

    private void CountGap(long from, bool isZero)
    {
        bool isPadding = isZero && Position == Layout.AlignUp(from);
        if (Position > from && !isPadding)
        {
            Count(from, Position - from);
        }
    }

    private void CountTail(long from, bool isZero)
    {
        isZero &= !_buffer.AsSpan(_start, _end - _start).ContainsAnyExcept((byte)0);
        _start = _end;
        if (!isZero)
        {
            Count(from, Position - from);
        }
    }

    private void Count(long from, long bytes)
    {
        DamagedPlaces++;
        DamagedBytes += bytes;
        Damaged?.Invoke(from, bytes);
    }

    /// <summary>Whether <paramref name="need"/> bytes can be there at all. Asked before room is made for them: headers whose lengths lead beyond the end would have
    /// the window copied once each.</summary>
    private bool IsBeforeEnd(int need, long limit)
    {
        if (_end - _start >= need)
        {
            return true;
        }

        Fault = _file!.GetLength(out long length);
        return Fault == StoreFault.None && need <= Math.Min(limit, length) - Position;
    }

    /// <summary>Has <paramref name="need"/> bytes in the window, unless the end comes before.</summary>
    private bool TryFill(int need, long limit)
    {
        while (_end - _start < need)
        {
            MakeRoom(need);
            long at = _windowOffset + _end;
            int want = (int)Math.Min(Math.Min(_buffer.Length - _end, Math.Max(need - (_end - _start), ChunkBytes)), limit - at);
            if (want <= 0)
            {
                return false;
            }

            Fault = _file!.Read(at, _buffer.AsSpan(_end, want), out int count);
            if (Fault != StoreFault.None || count == 0)
            {
                return false;
            }

            _end += count;
        }

        return true;
    }

    private void MakeRoom(int need)
    {
        if (_buffer.Length - _start >= need && _buffer.Length - _end >= RecordHeader.Size)
        {
            return;
        }

        byte[] target = _buffer;
        if (need > target.Length)
        {
            // Written by a journal with a larger limit; Layout.MaxPayloadBytes bounds it.
            target = GC.AllocateUninitializedArray<byte>(need, pinned: false);
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        _buffer = target;
        _windowOffset += _start;
        _end -= _start;
        _start = 0;
    }
}
