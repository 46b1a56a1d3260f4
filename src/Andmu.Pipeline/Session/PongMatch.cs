namespace Andmu.Pipeline.Session;

/// <summary>Whether a Pong answers the last Ping of a connection: if it has its number or, from a platform that does not copy numbers, if no other is
/// owed. What stood before that Ping in the stream has been read then.</summary>
internal struct PongMatch
{
    private uint _lastPing;
    private long _pings;
    private long _pongs;

    public void OnPing(uint id)
    {
        _pings++;
        _lastPing = id;
    }

    public bool OnPong(uint id)
    {
        _pongs++;
        return _pings > 0 && (id == _lastPing || _pongs == _pings);
    }
}
