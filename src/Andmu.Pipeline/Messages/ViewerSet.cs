namespace Andmu.Pipeline.Messages;

/// <summary>Who watches live, by DevAppCmd 8 and 9 (specification 5.2.9.1). Viewers may overlap. Thread-safe.</summary>
internal sealed class ViewerSet
{
    /// <summary>Viewers kept apart by their id: more than a camera ever has, little enough that a flood costs nothing.</summary>
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _viewers = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _viewers.Count;
            }
        }
    }

    /// <summary>Counts a viewer in or out, if that is what a command is about.</summary>
    /// <returns>False when there are too many to count this one.</returns>
    public bool Heed(AppCommand command)
    {
        switch (command)
        {
            case { Type: AppCommandType.ViewersOnline, Count: 0 }:
                Clear(); // also those whose end was lost
                break;
            case { Type: AppCommandType.ViewEnds }:
                Remove(command.Source);
                break;
            case { Type: AppCommandType.ViewStarts }:
                return TryAdd(command.Source);
        }

        return true;
    }

    /// <returns>False when there are too many to count this one.</returns>
    public bool TryAdd(string viewer)
    {
        lock (_lock)
        {
            return _viewers.Contains(viewer) || (_viewers.Count < Capacity && _viewers.Add(viewer));
        }
    }

    public void Remove(string viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _viewers.Clear();
        }
    }
}
