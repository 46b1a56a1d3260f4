using System.Diagnostics;

namespace Andmu.Pipeline.Buffering;

/// <summary>The bytes of a <see cref="MediaBuffer"/>: one array, given out front to back, taken back in the same order.</summary>
/// <remarks>
/// A block never wraps, so that a payload is one span from the encoder to the socket. The rest before the end is
/// skipped instead, and comes back when the blocks around it do:
/// <code>
///   | new  |  free  | oldest ......... newest | skipped |
///          ^head    ^tail
/// </code>
/// Not thread-safe: the buffer's lock guards it. Only the bookkeeping is guarded; the bytes themselves belong to whoever reserved them.
/// </remarks>
internal sealed class MediaArena(int capacity)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
    private int _head;
    private int _tail;
    private int _used;
    private int _wrap = capacity; // where the oldest lap ends

    public int Capacity => _bytes.Length;

    /// <summary>Bytes between tail and head, skipped ones included.</summary>
    public int Used => _used;

    /// <summary>Takes <paramref name="length"/> bytes in one piece, if they are free.</summary>
    public bool TryTake(int length, out int offset)
    {
        offset = 0;
        if (_used == 0)
        {
            _head = _tail = 0;
            _wrap = Capacity;
        }

        bool headBehindTail = _used > 0 && _head <= _tail;
        if (headBehindTail)
        {
            if (length > _tail - _head)
            {
                return false;
            }
        }
        else if (length > Capacity - _head)
        {
            if (length > _tail)
            {
                return false;
            }

            _used += Capacity - _head; // skipped
            _wrap = _head;
            _head = 0;
        }

        offset = _head;
        _head += length;
        _used += length;
        return true;
    }

    /// <summary>Gives back the oldest block.</summary>
    public void Return(int offset, int length)
    {
        Debug.Assert(offset == _tail, "Blocks come back in the order in which they were given out.");
        _tail += length;
        _used -= length;
        if (_tail == _wrap && _used > 0)
        {
            // The oldest lap is over: what was skipped behind it comes back with it.
            _used -= Capacity - _wrap;
            _wrap = Capacity;
            _tail = 0;
        }
    }

    public Span<byte> Span(int offset, int length) => _bytes.AsSpan(offset, length);
}
