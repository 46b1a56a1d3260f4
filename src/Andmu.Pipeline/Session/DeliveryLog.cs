using Andmu.Pipeline.Buffering;

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
    /// <summary>Flushes remembered: five seconds of 50 flushes a second. When it is full, flushes are taken together, which only makes it coarser.</summary>
    private const int Capacity = 256;

    private readonly Flush[] _flushes = new Flush[Capacity];
    private int _oldest;
    private int _count;
    private Flush _ping;
    private PongMatch _pongs;
    private bool _pingUnflushed;
    private MediaMark _confirmed;
    private MediaMark _arrived;
    private MediaMark _read;

    private readonly record struct Flush(long Bytes, MediaMark Mark, TimeSpan At);

    /// <summary>What the peer's TCP has not confirmed starts here.</summary>
    public MediaMark Confirmed => MediaMark.Later(_confirmed, _arrived);

    /// <summary>What may not have arrived starts here: where to resume after a connection that broke.</summary>
    public MediaMark Arrived => _arrived;

    /// <summary>What the platform has not shown to have read starts here: where to resume after one that hung, whose TCP goes on confirming
    /// what nobody reads.</summary>
    public MediaMark Read => _read;

    /// <summary>A new connection, which starts to send at <paramref name="mark"/>.</summary>
    public void Restart(in MediaMark mark)
    {
        _oldest = _count = 0;
        _ping = default;
        _pongs = default;
        _arrived = _confirmed = _read = mark;
    }

    /// <summary>The cursor was set back to <paramref name="mark"/>: what lies behind it is going to be sent again, and what is known of its arrival says
    /// nothing of the repetition.</summary>
    public void OnRewound(in MediaMark mark)
    {
        _oldest = _count = 0;
        _ping = _ping with { Mark = MediaMark.Earlier(_ping.Mark, mark) };
        _arrived = MediaMark.Earlier(_arrived, mark);
        _confirmed = MediaMark.Earlier(_confirmed, mark);
        _read = MediaMark.Earlier(_read, mark);
    }

    /// <summary>All media before <paramref name="mark"/> is with the network, which has now been given <paramref name="bytes"/> in all.</summary>
    public void OnFlushed(long bytes, in MediaMark mark, TimeSpan now)
    {
        if (_pingUnflushed)
        {
            _ping = _ping with { Bytes = bytes };
            _pingUnflushed = false;
        }

        if (_count == Capacity)
        {
            _flushes[(_oldest + _count - 1) % Capacity] = new Flush(bytes, mark, now);
            return;
        }

        _flushes[(_oldest + _count++) % Capacity] = new Flush(bytes, mark, now);
    }

    /// <summary>A Ping goes out behind all media up to <paramref name="mark"/>.</summary>
    public void OnPing(uint id, in MediaMark mark)
    {
        _pongs.OnPing(id);
        _ping = new Flush(0, mark, default);
        _pingUnflushed = true;
    }

    /// <summary>A Pong came in.</summary>
    /// <returns>Bytes that the platform has read, as far as this Pong proves it.</returns>
    public long OnPong(uint id)
    {
        if (!_pongs.OnPong(id))
        {
            return 0;
        }

        _read = MediaMark.Later(_read, _ping.Mark);
        _arrived = MediaMark.Later(_arrived, _read);
        return _ping.Bytes;
    }

    /// <summary>Takes in what the peer's TCP has confirmed.</summary>
    public void OnAcknowledged(long bytes, TimeSpan now)
    {
        while (_count > 0 && _flushes[_oldest].Bytes <= bytes && now - _flushes[_oldest].At >= replayWindow)
        {
            _arrived = MediaMark.Later(_arrived, _flushes[_oldest].Mark);
            _oldest = (_oldest + 1) % Capacity;
            _count--;
        }

        for (int i = 0; i < _count && _flushes[(_oldest + i) % Capacity].Bytes <= bytes; i++)
        {
            _confirmed = MediaMark.Later(_confirmed, _flushes[(_oldest + i) % Capacity].Mark);
        }
    }
}
