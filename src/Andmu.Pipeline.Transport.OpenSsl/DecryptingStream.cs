using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>The reading end: receives a block, and decrypts out of it.</summary>
/// <remarks>An idle connection holds no block: it waits with an empty receive, and rents one when there is something. One reader at a time.</remarks>
internal sealed class DecryptingStream(Socket socket, TlsSession tls) : Stream
{
    private byte[]? _block;

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The connection broke, or was cut within a record.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int count = tls.Decrypt(buffer.Span);
            if (count != TlsSession.NeedsMore)
            {
                return count;
            }

            if (!await ReceiveAsync(cancellationToken))
            {
                return tls.IsBetweenRecords ? 0 : throw new IOException("The peer ended the connection within a TLS record.");
            }
        }

        return 0;
    }

    /// <summary>Receives what there is, for the session.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReleaseBlock(); // whoever asks for more has taken all of it
        try
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);
            _block = PinnedBlockPool.Shared.Rent();
            int count = await socket.ReceiveAsync(_block.AsMemory(), SocketFlags.None, cancellationToken);
            tls.Receive(_block, count);
            return count > 0;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw new IOException(error.Message, error);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>When nothing is being read.</summary>
    protected override void Dispose(bool disposing)
    {
        ReleaseBlock();
        base.Dispose(disposing);
    }

    private void ReleaseBlock()
    {
        if (_block is { } block)
        {
            _block = null;
            PinnedBlockPool.Shared.Return(block);
        }
    }
}
