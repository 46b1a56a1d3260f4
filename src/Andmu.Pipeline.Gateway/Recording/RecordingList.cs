namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>The recordings of this run, oldest first. Safe for any thread.</summary>
internal sealed class RecordingList
{
    // A file a minute for a week; older ones are on the disk and not in this list.
    private const int MaxEntries = 10_000;

    private readonly Lock _gate = new();
    private readonly List<RecordingInfo> _entries = [];

    public IReadOnlyList<RecordingInfo> Snapshot()
    {
        lock (_gate)
        {
            return [.. _entries];
        }
    }

    public void Remove(string path)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => entry.Path == path);
        }
    }

    /// <summary>Adds a recording, or replaces what was known of the same file.</summary>
    public void Update(RecordingInfo recording)
    {
        lock (_gate)
        {
            int index = _entries.FindLastIndex(entry => entry.Path == recording.Path);
            if (index >= 0)
            {
                _entries[index] = recording;
                return;
            }

            if (_entries.Count == MaxEntries)
            {
                _entries.RemoveAt(0);
            }

            _entries.Add(recording);
        }
    }
}
