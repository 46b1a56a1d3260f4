namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>
/// The nonces seen within the replay window (specification 2.2). Memory is bounded: only nonces of a proven digest come here, and
/// past <see cref="Capacity"/> the oldest is forgotten. Not safe for more than one thread at a time.
/// </summary>
internal sealed class NonceWindow(TimeSpan lifetime)
{
    // 65536 nonces of some 60 bytes are 4 MiB, and 109 requests a second over a window of 10 minutes.
    public const int Capacity = 65536;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, DateTimeOffset SeenAt)> _order = new();

    public int Count => _seen.Count;

    /// <summary>Notes a nonce; false when it was seen before.</summary>
    public bool TryAdd(string nonce, DateTimeOffset now)
    {
        while (_order.TryPeek(out (string Nonce, DateTimeOffset SeenAt) oldest)
            && (now - oldest.SeenAt > lifetime || _order.Count >= Capacity))
        {
            _seen.Remove(oldest.Nonce);
            _order.Dequeue();
        }

        if (!_seen.Add(nonce))
        {
            return false;
        }

        _order.Enqueue((nonce, now));
        return true;
    }
}
