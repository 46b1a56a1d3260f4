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
/// Not thread-safe: <see cref="DeliveryWatch"/> guards it. Allocates nothing once it has grown to what the replay window holds: at 25 pictures a second that is
/// what it starts with, 4 KiB instead of the bound's 16, and a recorder has one for each of hundreds of channels.
/// </remarks>
internal sealed class DeliveryLog(TimeSpan replayWindow)
{
    /// <summary>Flushes remembered at the most: five seconds of 50 flushes a second. When it is full, flushes are taken together, which only makes it
    /// coarser.</summary>
    private const int Capacity = 256;

    private const int FirstCapacity = 64; // the default window at 25 pictures a second, and a little more

    private Flush[] _flushes = new Flush[FirstCapacity];
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
            At(_count - 1) = new Flush(bytes, mark, now);
            return;
        }

        if (_count == _flushes.Length)
        {
            Grow();
        }

        At(_count++) = new Flush(bytes, mark, now);
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
        while (_count > 0 && At(0).Bytes <= bytes && now - At(0).At >= replayWindow)
        {
            _arrived = MediaMark.Later(_arrived, At(0).Mark);
            _oldest = (_oldest + 1) % _flushes.Length;
            _count--;
        }

        for (int i = 0; i < _count && At(i).Bytes <= bytes; i++)
        {
            _confirmed = MediaMark.Later(_confirmed, At(i).Mark);
        }
    }

    private ref Flush At(int index) => ref _flushes[(_oldest + index) % _flushes.Length];

    private void Grow()
    {
        var larger = new Flush[_flushes.Length * 2];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = At(i);
        }

        (_flushes, _oldest) = (larger, 0);
    }
}
