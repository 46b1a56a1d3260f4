using System.Buffers;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Packs between the uplink's loop and the host's handler, in memory that is taken with the first pack and kept. The caller locks.</summary>
internal sealed class TalkBackQueue(int maxBytes)
{
    /// <summary>Packs that wait: more than a second of 20 ms each. A host that is further behind is given what is said now, not what was.</summary>
    public const int Capacity = 64;

    private byte[] _memory = [];
    private readonly Entry[] _entries = new Entry[Capacity];
    private int _first;
    private int _count;

    /// <summary>Adds a pack; an empty one is the end of a talk.</summary>
    /// <returns>False when the oldest was lost for it.</returns>
    public bool Add(in ReadOnlySequence<byte> pack, uint sequence)
    {
        if (_memory.Length == 0)
        {
            _memory = new byte[Capacity * maxBytes];
        }

        bool isFull = _count == Capacity;
        if (isFull)
        {
            _first = (_first + 1) % Capacity;
            _count--;
        }

        int slot = (_first + _count++) % Capacity;
        pack.CopyTo(_memory.AsSpan(slot * maxBytes, maxBytes));
        _entries[slot] = new Entry(sequence, (int)pack.Length);
        return !isFull;
    }

    /// <summary>Takes the oldest pack.</summary>
    /// <param name="buffer">For the pack.</param>
    /// <param name="length">Of the pack.</param>
    /// <param name="sequence">The number that it was added with.</param>
    public bool TryTake(Span<byte> buffer, out int length, out uint sequence)
    {
        if (_count == 0)
        {
            (length, sequence) = (0, 0);
            return false;
        }

        (sequence, length) = _entries[_first];
        _memory.AsSpan(_first * maxBytes, length).CopyTo(buffer);
        _first = (_first + 1) % Capacity;
        _count--;
        return true;
    }

    private readonly record struct Entry(uint Sequence, int Length);
}
