namespace Andmu.Pipeline.Session;

/// <summary>How far the media of one connection has arrived, as far as can be known without acknowledgements in the protocol.</summary>
/// <remarks>
/// Two witnesses: what the peer's TCP has confirmed, once that is older than the replay window (the platform may have died before
/// it read it); and a Pong, which answers a Ping that stood behind the media in the same stream (the platform has read all before it).
/// What neither covers is sent again after a reconnect: duplicates are possible, loss is not.
/// <code>
///   flush   flush   flush   flush        position
///   |-------|-------|-------|------->
///   ^ arrived       ^ confirmed by TCP
/// </code>
/// Not thread-safe: the session's lock guards it. Allocates nothing after its start.
/// </remarks>
internal sealed class DeliveryLog(TimeSpan replayWindow)
{
    /// <summary>Flushes remembered: ten seconds of 50 flushes a second. When it is full, flushes are taken together, which only makes it coarser.</summary>
    private const int Capacity = 512;

    private readonly Flush[] _flushes = new Flush[Capacity];
    private int _oldest;
    private int _count;
    private Flush _ping;
    private uint _pingId;
    private bool _pingUnflushed;
    private long _pings;
    private long _pongs;
    private long _confirmed;
    private long _arrived;
    private long _read;

    private readonly record struct Flush(long Bytes, long Position, TimeSpan At);

    /// <summary>First position that the peer's TCP has not confirmed.</summary>
    public long Confirmed => Math.Max(_confirmed, _arrived);

    /// <summary>First position that may not have arrived: where to resume after a connection that broke.</summary>
    public long Arrived => _arrived;

    /// <summary>First position that the platform has not shown to have read: where to resume after one that hung, whose TCP goes on confirming
    /// what nobody reads.</summary>
    public long Read => _read;

    /// <summary>A new connection, which starts to send at <paramref name="position"/>.</summary>
    public void Restart(long position)
    {
        _oldest = _count = 0;
        _ping = default;
        _pings = _pongs = 0;
        _arrived = _confirmed = _read = position;
    }

    /// <summary>The cursor was set back to <paramref name="position"/>: what lies behind it is going to be sent again, and what is known of its arrival says
    /// nothing of the repetition.</summary>
    public void OnRewound(long position)
    {
        _oldest = _count = 0;
        _ping = _ping with { Position = Math.Min(_ping.Position, position) };
        _arrived = Math.Min(_arrived, position);
        _confirmed = Math.Min(_confirmed, position);
        _read = Math.Min(_read, position);
    }

    /// <summary>All media before <paramref name="position"/> is with the network, which has now been given <paramref name="bytes"/> in all.</summary>
    public void OnFlushed(long bytes, long position, TimeSpan now)
    {
        if (_pingUnflushed)
        {
            _ping = _ping with { Bytes = bytes };
            _pingUnflushed = false;
        }

        if (_count == Capacity)
        {
            _flushes[(_oldest + _count - 1) % Capacity] = new Flush(bytes, position, now);
            return;
        }

        _flushes[(_oldest + _count++) % Capacity] = new Flush(bytes, position, now);
    }

    /// <summary>A Ping goes out behind all media up to <paramref name="position"/>.</summary>
    public void OnPing(uint id, long position)
    {
        _pings++;
        _pingId = id;
        _ping = new Flush(0, position, default);
        _pingUnflushed = true;
    }

    /// <summary>A Pong came in. It answers the last Ping if it has its number or, from a platform that does not copy numbers, if no other is owed.</summary>
    /// <returns>Bytes that the platform has read, as far as this Pong proves it.</returns>
    public long OnPong(uint id)
    {
        _pongs++;
        if (_pings == 0 || (id != _pingId && _pongs != _pings))
        {
            return 0;
        }

        _read = Math.Max(_read, _ping.Position);
        _arrived = Math.Max(_arrived, _read);
        return _ping.Bytes;
    }

    /// <summary>Takes in what the peer's TCP has confirmed.</summary>
    public void OnAcknowledged(long bytes, TimeSpan now)
    {
        while (_count > 0 && _flushes[_oldest].Bytes <= bytes && now - _flushes[_oldest].At >= replayWindow)
        {
            _arrived = Math.Max(_arrived, _flushes[_oldest].Position);
            _oldest = (_oldest + 1) % Capacity;
            _count--;
        }

        for (int i = 0; i < _count && _flushes[(_oldest + i) % Capacity].Bytes <= bytes; i++)
        {
            _confirmed = Math.Max(_confirmed, _flushes[(_oldest + i) % Capacity].Position);
        }
    }
}
