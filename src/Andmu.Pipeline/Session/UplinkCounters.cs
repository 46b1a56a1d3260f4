using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Session;

/// <summary>What an uplink has done since it was made. Thread-safe; allocates nothing.</summary>
internal sealed class UplinkCounters(MediaBuffer buffer, MediaCursor cursor)
{
    private readonly Lock _lock = new();
    private long _highest = MediaBuffer.None;
    private MediaTotals _sent;
    private MediaTotals _resent;
    private long _bytesSent;
    private long _bytesSentBefore; // over earlier connections
    private long _packetsReceived;
    private int _logins;

    public UplinkStatistics Snapshot()
    {
        lock (_lock)
        {
            return new UplinkStatistics(
                buffer.Written, _sent, _resent, buffer.Drops.Total, _bytesSentBefore + _bytesSent, Interlocked.Read(ref _packetsReceived), _logins, cursor.Fill);
        }
    }

    public void OnLogin()
    {
        lock (_lock)
        {
            _logins++;
            _bytesSentBefore += _bytesSent;
            _bytesSent = 0;
        }
    }

    /// <summary>One entry went to a connection: for the first time, or again after a reconnect.</summary>
    public void OnWritten(in MediaEntry entry, long position)
    {
        lock (_lock)
        {
            if (position > _highest)
            {
                _highest = position;
                _sent += entry.Own;
            }
            else
            {
                _resent += entry.Own;
            }
        }
    }

    /// <param name="bytes">In all over this connection.</param>
    public void OnBytesSent(long bytes)
    {
        lock (_lock)
        {
            _bytesSent = bytes;
        }
    }

    public void OnPacketReceived() => Interlocked.Increment(ref _packetsReceived);
}
