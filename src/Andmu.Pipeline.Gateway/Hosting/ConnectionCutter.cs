using Andmu.Pipeline.Gateway.Devices;
using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway.Hosting;

/// <summary>Resets every connection of the HEDGW channel again and again, when asked to.</summary>
internal sealed class ConnectionCutter : IDisposable
{
    private readonly SessionTable _sessions;
    private readonly ITimer _timer;

    public ConnectionCutter(TimeProvider time, SessionTable sessions)
    {
        _sessions = sessions;
        _timer = time.CreateTimer(
            static cutter => ((ConnectionCutter)cutter!).Cut(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Set(TimeSpan? interval)
    {
        TimeSpan period = interval ?? Timeout.InfiniteTimeSpan;
        _timer.Change(period, period);
    }

    public void Dispose() => _timer.Dispose();

    private void Cut()
    {
        foreach (ConnectionEnd connection in _sessions.Connections())
        {
            connection.Reset(DisconnectReason.AbortedByGateway, "cut by GatewayFaults.CutEvery");
        }
    }
}
