using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Writing;

/// <summary>Writes a batch from where it lies, without a copy, in pieces that start and end on blocks. Only a block in which two pieces meet, and
/// the last one, is put together here.</summary>
internal sealed class BatchWriter
{
    private readonly byte[] _block = GC.AllocateUninitializedArray<byte>(Layout.BlockBytes, pinned: false);
    private IBlockFile? _file;
    private long _offset;
    private int _count;

    /// <summary>The first fault since <see cref="Start"/>: what is added after it is not written.</summary>
    public StoreFault Fault { get; private set; }

    /// <param name="file">Where it goes.</param>
    /// <param name="offset">Where in it; a multiple of <see cref="Layout.BlockBytes"/>.</param>
    public void Start(IBlockFile file, long offset)
    {
        _file = file;
        _offset = offset;
        _count = 0;
        Fault = StoreFault.None;
    }

    /// <summary>The next bytes.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (_count > 0)
        {
            piece = Complete(piece);
        }

        int whole = piece.Length & -Layout.BlockBytes;
        Write(piece[..whole]);
        Keep(piece[whole..]);
    }

    /// <summary>Fills the last block with zeros and writes it.</summary>
    /// <returns>Where the next batch starts.</returns>
    public long End()
    {
        if (_count > 0)
        {
            _block.AsSpan(_count).Clear();
            Write(_block);
            _count = 0;
        }

        return _offset;
    }

    /// <summary>Fills the block that has been begun.</summary>
    /// <returns>What is left of the piece; nothing if the block is not full.</returns>
    private ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> piece)
    {
        int length = Math.Min(piece.Length, Layout.BlockBytes - _count);
        Keep(piece[..length]);
        if (_count == Layout.BlockBytes)
        {
            Write(_block);
            _count = 0;
        }

        return piece[length..];
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_block.AsSpan(_count));
        _count += bytes.Length;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (Fault == StoreFault.None && bytes.Length > 0)
        {
            Fault = _file!.Write(_offset, bytes);
        }

        _offset += bytes.Length;
    }
}
