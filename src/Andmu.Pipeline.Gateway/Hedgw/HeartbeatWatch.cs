namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// Ends a session from which no whole packet came for three heartbeat intervals (specification 5.2.2 leaves the number open). Time in
/// which its reads are held back does not count: its pings wait behind its media, and it is the gateway that does not read.
/// </summary>
internal sealed class HeartbeatWatch : IDisposable
{
    private const int MaxMissedSpans = 3;

    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly DeviceSession _session;
    private readonly ITimer _timer;
    private long _lastPacket;
    private long _holds;

    public HeartbeatWatch(GatewayOptions options, DeviceSession session)
    {
        _time = options.TimeProvider;
        _limit = options.PingPongSpan * MaxMissedSpans;
        _session = session;
        _lastPacket = _time.GetTimestamp();
        _timer = _time.CreateTimer(static watch => ((HeartbeatWatch)watch!).Check(), this, options.PingPongSpan / 2, options.PingPongSpan / 2);
    }

    public void PacketArrived() => Volatile.Write(ref _lastPacket, _time.GetTimestamp());

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        (long holds, bool now) = _session.Reads.Holds;
        if (now || Interlocked.Exchange(ref _holds, holds) != holds)
        {
            PacketArrived();
        }
        else if (_time.GetElapsedTime(Volatile.Read(ref _lastPacket)) >= _limit)
        {
            _session.End(DisconnectReason.HeartbeatTimeout, $"no packet for {_limit.TotalSeconds:0} s");
        }
    }
}
