namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>The latest items of an endless row. Safe for any thread.</summary>
internal sealed class RecentList<T>(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _items = new();

    public void Add(T item)
    {
        lock (_gate)
        {
            if (_items.Count == capacity)
            {
                _items.Dequeue();
            }

            _items.Enqueue(item);
        }
    }

    /// <summary>What there is now, oldest first.</summary>
    public IReadOnlyList<T> Snapshot()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }
}
