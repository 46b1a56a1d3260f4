using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Writing;

/// <summary>Collects a batch and writes it in large pieces that start and end on blocks.</summary>
internal sealed class BatchBuffer
{
    // Some erase blocks of a card hold this much or more; a P picture fits, so that most records are one copy.
    private const int Size = 256 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Size, pinned: false);
    private IBlockFile? _file;
    private long _offset;
    private int _count;

    /// <summary>The first fault since <see cref="Start"/>: what is added after it is not written.</summary>
    public StoreFault Fault { get; private set; }

    public void Start(IBlockFile file, long offset)
    {
        _file = file;
        _offset = offset;
        _count = 0;
        Fault = StoreFault.None;
    }

    /// <summary>A segment's first block.</summary>
    public void AddBlock(in SegmentHeader header)
    {
        header.Write(_buffer.AsSpan(_count));
        _count += Layout.BlockBytes;
    }

    public void Add(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (Size - _count < RecordHeader.Size)
        {
            AddPieces(Encode(header, stackalloc byte[RecordHeader.Size]));
        }
        else
        {
            header.Write(_buffer.AsSpan(_count));
            _count += RecordHeader.Size;
        }

        AddPieces(payload);
    }

    /// <summary>Fills the last block with zeros and writes what is left.</summary>
    /// <returns>Where the next batch starts.</returns>
    public long End()
    {
        int end = (int)Layout.AlignUp(_count);
        _buffer.AsSpan(_count, end - _count).Clear();
        _count = end;
        Flush();
        return _offset;
    }

    private static ReadOnlySpan<byte> Encode(in RecordHeader header, Span<byte> destination)
    {
        header.Write(destination);
        return destination;
    }

    private void AddPieces(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_count == Size)
            {
                Flush();
            }

            int length = Math.Min(bytes.Length, Size - _count);
            bytes[..length].CopyTo(_buffer.AsSpan(_count));
            _count += length;
            bytes = bytes[length..];
        }
    }

    private void Flush()
    {
        if (Fault == StoreFault.None && _count > 0)
        {
            Fault = _file!.Write(_offset, _buffer.AsSpan(0, _count));
        }

        _offset += _count;
        _count = 0;
    }
}
