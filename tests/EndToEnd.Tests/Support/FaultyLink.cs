namespace EndToEnd.Tests.Support;

/// <summary>What a network does to bytes, and when: the pure half of <see cref="FaultProxy"/>. Thread-safe.</summary>
/// <remarks>The rate is kept by departure times: a chunk of n bytes puts the next departure off by n / rate. A link that was idle, or a
/// machine that was late, catches up by <see cref="Burst"/> at the most.</remarks>
internal sealed class FaultyLink(TimeProvider time)
{
    /// <summary>Bytes that leave at once: small against every rate of these tests, so that the rate is smooth.</summary>
    public const int ChunkBytes = 2048;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private double? _bytesPerSecond;
    private TimeSpan _nextDeparture;
    private TimeSpan _stalledUntil;
    private TimeSpan _refusesUntil;

    /// <summary>From device to platform; null for no limit.</summary>
    public double? BytesPerSecond
    {
        get
        {
            lock (_lock)
            {
                return _bytesPerSecond;
            }
        }

        set
        {
            lock (_lock)
            {
                _bytesPerSecond = value;
                _nextDeparture = Now;
            }
        }
    }

    public bool Refuses
    {
        get
        {
            lock (_lock)
            {
                return Now < _refusesUntil;
            }
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Nothing passes for a while, in either direction; nothing is lost.</summary>
    public void Stall(TimeSpan length)
    {
        lock (_lock)
        {
            _stalledUntil = Now + length;
        }
    }

    /// <summary>No connection is to be had for a while.</summary>
    public void Refuse(TimeSpan length)
    {
        lock (_lock)
        {
            _refusesUntil = Now + length;
        }
    }

    /// <summary>Whether a chunk may leave now; if so it counts as gone.</summary>
    public bool TryPass(int bytes, bool limited)
    {
        lock (_lock)
        {
            if (Now < _stalledUntil)
            {
                return false;
            }

            if (!limited || _bytesPerSecond is not { } rate)
            {
                return true;
            }

            if (_nextDeparture > Now)
            {
                return false;
            }

            TimeSpan earliest = Now - Burst;
            _nextDeparture = (_nextDeparture < earliest ? earliest : _nextDeparture) + TimeSpan.FromSeconds(bytes / rate);
            return true;
        }
    }
}
