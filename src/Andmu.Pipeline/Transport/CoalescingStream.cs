using System.Net.Sockets;

namespace Andmu.Pipeline.Transport;

/// <summary>The stream under SslStream: collects what it writes in a <see cref="SendQueue"/>.</summary>
/// <remarks>
/// SslStream allocates for every write that its inner stream does not complete at once, which on an uplink that is as slow as its network
/// is every write. This one always completes at once; only <see cref="SendQueue.SendPendingAsync"/> waits, and that allocates nothing.
/// During the handshake, before <see cref="StartCoalescing"/>, every write is sent directly.
/// One reader and one writer at a time, as with a socket.
/// </remarks>
internal sealed class CoalescingStream(Socket socket, SendQueue queue) : Stream
{
    private bool _coalescing;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on writes are collected.</summary>
    public void StartCoalescing() => _coalescing = true;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_coalescing)
        {
            return SendDirectlyAsync(buffer, cancellationToken);
        }

        queue.Append(buffer.Span);
        return default;
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask SendDirectlyAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            int sent = await socket.SendAsync(buffer, SocketFlags.None, cancellationToken);
            queue.OnSentDirectly(sent);
            buffer = buffer[sent..];
        }
    }
}
