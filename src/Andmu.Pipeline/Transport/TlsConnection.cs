using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;

namespace Andmu.Pipeline.Transport;

/// <summary>A verified TLS connection over SslStream.</summary>
internal sealed class TlsConnection : IUplinkConnection, IRecordProtection
{
    /// <summary>Platform packets are small: heartbeats and commands.</summary>
    private const int ReadBytes = 4096;

    /// <summary>Plain text of the longest record (RFC 5246 6.2.1).</summary>
    private const int RecordBytes = 16 * 1024;

    private readonly Socket _socket;
    private readonly SslStream _tls;
    private readonly SendQueue _queue;

    public TlsConnection(Socket socket, SslStream tls, CoalescingStream wire, SendQueue queue)
    {
        _socket = socket;
        _tls = tls;
        _queue = queue;
        wire.StartCoalescing();

        // An uplink hears nothing for most of its life: until something comes, no block is held for it (4 KB of 122 a connection).
        Input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true, useZeroByteReads: true));
        Output = new TlsPipeWriter(this, queue);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public long BytesSent => _queue.BytesSent;

    public long? BytesAcknowledged => TcpOptions.BytesAcknowledged(_socket);

    public void Abort() => TcpOptions.Abort(_socket);

    public async ValueTask CloseAsync()
    {
        await Output.FlushAsync();
        await _tls.ShutdownAsync(); // close_notify, RFC 5246 7.2.1
        await _queue.SendPendingAsync();
        TcpOptions.EndSending(_socket);
    }

    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync();
        _socket.Dispose();
        await _tls.DisposeAsync();
        await Input.CompleteAsync();
        _queue.Dispose();
    }

    /// <summary>A record at a time: a connection's OpenSSL keeps, for good, as much memory as the longest write of encrypted bytes has taken, 44 KB for the
    /// 32 KB that SslStream gives it at once, and 22 KB for a record.</summary>
    void IRecordProtection.Encrypt(ReadOnlyMemory<byte> plain)
    {
        while (plain.Length > RecordBytes)
        {
            EncryptRecord(plain[..RecordBytes]);
            plain = plain[RecordBytes..];
        }

        EncryptRecord(plain);
    }

    private void EncryptRecord(ReadOnlyMemory<byte> plain)
    {
        ValueTask write = _tls.WriteAsync(plain);
        Debug.Assert(write.IsCompleted, "The inner stream completes every write at once, so SslStream does.");
        write.GetAwaiter().GetResult();
    }
}
