using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>The devices that are logged in: at most one connection for each device and channel. Safe for any thread.</summary>
internal sealed class SessionTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string DeviceId, int Channel), DeviceSession> _sessions = [];

    private readonly HashSet<ConnectionEnd> _connections = [];

    /// <summary>Keeps a connection, logged in or not, among those that end with the gateway or are cut; disposing forgets it.</summary>
    public IDisposable Track(ConnectionEnd connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
        }

        return new Tracking(this, connection);
    }

    public IReadOnlyList<ConnectionEnd> Connections()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    public IReadOnlyList<DeviceSession> Snapshot()
    {
        lock (_gate)
        {
            return [.. _sessions.Values];
        }
    }

    /// <summary>Adds a session; one that the same device still has on that channel is closed: it is dead, or the device is confused.</summary>
    public void Add(DeviceSession session)
    {
        DeviceSession? old;
        lock (_gate)
        {
            (string, int) key = (session.DeviceId, session.Login.ChannelId);
            old = _sessions.GetValueOrDefault(key);
            _sessions[key] = session;
        }

        old?.End(DisconnectReason.ReplacedByNewLogin, "the device logged in again");
    }

    public void Remove(DeviceSession session)
    {
        lock (_gate)
        {
            (string, int) key = (session.DeviceId, session.Login.ChannelId);
            if (_sessions.GetValueOrDefault(key) == session)
            {
                _sessions.Remove(key);
            }
        }
    }

    private sealed class Tracking(SessionTable table, ConnectionEnd connection) : IDisposable
    {
        public void Dispose()
        {
            lock (table._gate)
            {
                table._connections.Remove(connection);
            }
        }
    }
}
