using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;

namespace Andmu.Pipeline.Transport;

/// <summary>A verified TLS connection over SslStream.</summary>
internal sealed class TlsConnection : IUplinkConnection
{
    /// <summary>Platform packets are small: heartbeats and commands.</summary>
    private const int ReadBytes = 4096;

    private readonly Socket _socket;
    private readonly SslStream _tls;
    private readonly CoalescingStream _wire;

    public TlsConnection(Socket socket, SslStream tls, CoalescingStream wire)
    {
        _socket = socket;
        _tls = tls;
        _wire = wire;
        _wire.StartCoalescing();
        Input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        Output = new TlsPipeWriter(tls, wire);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public long BytesSent => _wire.BytesSent;

    public long? BytesAcknowledged => _wire.BytesAcknowledged;

    public void Abort()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both); // wakes pending reads and writes; the descriptor stays for TCP_INFO
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Broken or closed already, which is what was wanted.
        }
    }

    public async ValueTask CloseAsync()
    {
        await Output.FlushAsync();
        await _tls.ShutdownAsync(); // close_notify, RFC 5246 7.2.1
        await _wire.SendPendingAsync();
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync();
        _socket.Dispose();
        await _tls.DisposeAsync();
        await Input.CompleteAsync();
    }
}
