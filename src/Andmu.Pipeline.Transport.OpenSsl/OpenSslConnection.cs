using System.IO.Pipelines;
using System.Net.Sockets;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>A verified TLS connection over libssl.</summary>
internal sealed class OpenSslConnection : IUplinkConnection
{
    /// <summary>Platform packets are small: heartbeats and commands.</summary>
    private const int ReadBytes = 4096;

    private readonly Socket _socket;
    private readonly TlsSession _tls;
    private readonly SendQueue _queue;

    public OpenSslConnection(Socket socket, TlsSession tls, SendQueue queue, DecryptingStream incoming)
    {
        _socket = socket;
        _tls = tls;
        _queue = queue;
        Input = PipeReader.Create(incoming, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        Output = new TlsPipeWriter(tls, queue);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public long BytesSent => _queue.BytesSent;

    public long? BytesAcknowledged => TcpOptions.BytesAcknowledged(_socket);

    public void Abort() => TcpOptions.Abort(_socket);

    public async ValueTask CloseAsync()
    {
        await Output.FlushAsync();
        _tls.Close();
        await _queue.SendPendingAsync();
        TcpOptions.EndSending(_socket);
    }

    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync();
        _socket.Dispose();
        _tls.Dispose();
        await Input.CompleteAsync();
        _queue.Dispose();
    }
}
