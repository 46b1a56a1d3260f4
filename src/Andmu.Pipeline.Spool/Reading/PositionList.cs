namespace Andmu.Pipeline.Spool.Reading;

/// <summary>How far some segments have come, in the order in which they were come to: a segment that is left and come back to stands in it twice.
/// Bounded; the oldest goes first.</summary>
internal sealed class PositionList(int capacity)
{
    private readonly SpoolPosition[] _positions = new SpoolPosition[capacity];

    public int Count { get; private set; }

    public SpoolPosition this[int index] => _positions[index];

    /// <summary>The first that covers a position; -1 when there is none.</summary>
    public int Find(in SpoolPosition position)
    {
        for (int i = 0; i < Count; i++)
        {
            if (IsSameSegment(_positions[i], position) && _positions[i].Sequence >= position.Sequence)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Moves the last forward, or adds one.</summary>
    public void Add(in SpoolPosition position)
    {
        if (Count > 0 && IsSameSegment(_positions[Count - 1], position))
        {
            ref SpoolPosition last = ref _positions[Count - 1];
            last = last.Sequence < position.Sequence ? position : last;
            return;
        }

        if (Count == _positions.Length)
        {
            RemoveFirst(1);
        }

        _positions[Count++] = position;
    }

    public void RemoveFirst(int count)
    {
        Array.Copy(_positions, count, _positions, 0, Count - count);
        Count -= count;
    }

    public void Clear() => Count = 0;

    private static bool IsSameSegment(in SpoolPosition one, in SpoolPosition other) => one.Segment == other.Segment && one.Salt == other.Salt;
}
