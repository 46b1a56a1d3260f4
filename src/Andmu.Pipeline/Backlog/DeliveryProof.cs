using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Backlog;

/// <summary>Which records the platform has read: a Pong answers a Ping that stood behind them in the same stream. Not thread-safe.</summary>
/// <remarks>
/// <code>
///   | 1 | 2 | 3 | Ping | 4 | 5 |      Pong: 1 to 3 were read
/// </code>
/// Confirmed is up to the end of a GOP only, so that a new connection starts with a key frame; at the end of the backlog, all.
/// </remarks>
internal sealed class DeliveryProof
{
    private long _written;    // the last record
    private long _boundary;   // the last record that ends a GOP
    private long _confirmed;
    private PongMatch _pongs;
    private (long Written, long Boundary) _asked;

    /// <summary>Whether something was written that no Ping stands behind.</summary>
    public bool IsWorthAsking => !IsOutstanding && _written > _asked.Written;

    /// <summary>Whether a Pong is owed.</summary>
    public bool IsOutstanding { get; private set; }

    /// <summary>Whether all that was written has been confirmed.</summary>
    public bool IsComplete => _confirmed == _written;

    /// <summary>A record was written, or passed over.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="startsGop">Whether what was before it is a whole.</param>
    public void OnWritten(long number, bool startsGop)
    {
        _boundary = startsGop ? _written : _boundary;
        _written = number;
    }

    /// <summary>A Ping goes out behind all of it.</summary>
    public void OnPing(uint id)
    {
        _pongs.OnPing(id);
        _asked = (_written, _boundary);
        IsOutstanding = true;
    }

    /// <summary>A Pong has come.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isAll">Nothing more follows: what was written last needs no end of a GOP.</param>
    /// <param name="mayConfirm">False to confirm nothing yet.</param>
    /// <returns>The number to confirm up to; null when it proves nothing new.</returns>
    public long? OnPong(uint id, bool isAll, bool mayConfirm)
    {
        if (!_pongs.OnPong(id))
        {
            return null;
        }

        IsOutstanding = false;
        long proven = isAll && _asked.Written == _written ? _asked.Written : _asked.Boundary;
        if (proven <= _confirmed || !mayConfirm)
        {
            return null;
        }

        _confirmed = proven;
        return proven;
    }

    /// <summary>Everything that was written is proven, and more than was asked for is wanted: what was written last is the end.</summary>
    public bool NeedsAnother(bool isAll) => isAll && !IsOutstanding && !IsComplete;
}
