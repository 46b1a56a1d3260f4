using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>The end of one connection: the first reason given stands, whoever gives it. Safe for any thread.</summary>
internal sealed class ConnectionEnd(ConnectionContext connection) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _requested = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DisconnectReason? _reason;
    private string _detail = "";

    /// <summary>
    /// Cancelled when this side wants the connection to end. A device that closes does not cancel it: what it sent before is read first.
    /// </summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Cancelled when the device has closed, though bytes of it may still wait.</summary>
    public CancellationToken ClosedByPeer => connection.ConnectionClosed;

    /// <summary>The connection's socket, null when it has none.</summary>
    public Socket? Socket => connection.Features.Get<IConnectionSocketFeature>()?.Socket;

    public Task Completion => _completion.Task;

    public (DisconnectReason Reason, string Detail)? Given
    {
        get
        {
            lock (_gate)
            {
                return _reason is { } reason ? (reason, _detail) : null;
            }
        }
    }

    public void Note(DisconnectReason reason, string detail)
    {
        lock (_gate)
        {
            if (_reason is null)
            {
                _reason = reason;
                _detail = detail;
            }
        }
    }

    public void Request(DisconnectReason reason, string detail)
    {
        Note(reason, detail);
        Cancel();
    }

    public void Reset(DisconnectReason reason, string detail)
    {
        Note(reason, detail);
        if (Socket is { } socket)
        {
            try
            {
                // Closing with a linger time of 0 sends RST instead of FIN (RFC 9293 3.10.4, ABORT).
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close(0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is closed already.
            }
        }

        Cancel();
        connection.Abort();
    }

    public void Complete() => _completion.TrySetResult();

    public void Dispose() => _requested.Dispose();

    private void Cancel()
    {
        try
        {
            _requested.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended meanwhile.
        }
    }
}
