namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>A card: its directory as the system shows it, and as it is on the card.</summary>
internal sealed class FakeCard(long capacity = long.MaxValue / 4)
{
    private Dictionary<string, FakeFile> _durable = [];

    public Dictionary<string, FakeFile> Files { get; private set; } = [];

    public bool IsReadOnly { get; set; }

    /// <summary>What others keep on it.</summary>
    public long Foreign { get; set; }

    public long Capacity { get; set; } = capacity;

    public long Free => Math.Max(Capacity - Foreign - Files.Values.Sum(static file => (long)file.Length), 0);

    public void SyncNames() => _durable = new(Files);

    /// <summary>The power fails: each name that was made or removed since the last sync is there or not.</summary>
    public void Cut(Random random)
    {
        foreach (FakeFile file in Files.Values.Union(_durable.Values))
        {
            file.Cut(random);
        }

        foreach ((string name, FakeFile file) in Files.Where(pair => !_durable.ContainsKey(pair.Key)).ToArray())
        {
            if (random.Next(2) == 0)
            {
                _durable[name] = file;
            }
        }

        foreach (string name in _durable.Keys.Where(name => !Files.ContainsKey(name)).ToArray())
        {
            if (random.Next(2) == 0)
            {
                _durable.Remove(name);
            }
        }

        Files = new(_durable);
    }
}
