using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Transport;

/// <summary>The stream under SslStream: collects what it writes, and sends it with one call when it is told to.</summary>
/// <remarks>
/// <code>
///   SslStream --WriteAsync, always at once--> | block | block | blo | --SendPendingAsync, one sendmsg--> socket
/// </code>
/// SslStream allocates for every write that its inner stream does not complete at once, which on an uplink that is as slow as its network
/// is every write. This one always completes at once; only <see cref="SendPendingAsync"/> waits, and that allocates nothing.
/// During the handshake, before <see cref="StartCoalescing"/>, every write is sent directly.
/// One reader and one writer at a time, as with a socket. A lock guards the blocks all the same: SslStream may answer what it reads
/// (an alert), from the reader's thread.
/// </remarks>
internal sealed class CoalescingStream(Socket socket) : Stream
{
    /// <summary>Buffers a send: above eight the runtime's gather path allocates.</summary>
    private const int MaxGather = 8;

    private const int SolTcp = 6;           // IPPROTO_TCP, <netinet/in.h>
    private const int TcpInfo = 11;         // TCP_INFO, <linux/tcp.h>
    private const int BytesAckedOffset = 120; // tcpi_bytes_acked of struct tcp_info, since Linux 4.1

    private const int TcpNotSentLowat = 25; // TCP_NOTSENT_LOWAT, <linux/tcp.h>

    /// <summary>What the kernel takes without being able to send it. By itself it takes up to 4 MiB (tcp_wmem), eight seconds of 4 Mbit/s, and what it has taken
    /// cannot be given up for something newer, nor overtaken by an event.</summary>
    private const int UnsentBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly SocketSender _sender = new();
    private readonly List<byte[]> _blocks = [];
    private readonly List<ArraySegment<byte>> _gather = new(MaxGather);
    private int _start; // in the first block
    private int _end;   // in the last block
    private bool _coalescing;
    private long _sent;

    /// <summary>Bytes given to the socket.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>Bytes that the peer's TCP has confirmed, or null where the kernel does not say.</summary>
    public long? BytesAcknowledged
    {
        get
        {
            Span<byte> info = stackalloc byte[BytesAckedOffset + sizeof(ulong)];
            try
            {
                int length = socket.GetRawSocketOption(SolTcp, TcpInfo, info);
                // The SYN counts as one.
                return length < info.Length ? null : Math.Max(0, BitConverter.ToInt64(info[BytesAckedOffset..]) - 1);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or PlatformNotSupportedException)
            {
                return null;
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on writes are collected, and the kernel holds no more than a little of what it cannot send yet.</summary>
    public void StartCoalescing()
    {
        _coalescing = true;
        try
        {
            socket.SetRawSocketOption(SolTcp, TcpNotSentLowat, BitConverter.GetBytes(UnsentBytes));
        }
        catch (SocketException)
        {
            // A kernel before 3.12: more of the backlog lies where nobody can drop it.
        }
    }

    /// <summary>Sends what was collected. Blocks go back to the pool.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendPendingAsync()
    {
        try
        {
            while (TryGather())
            {
                int sent = await _sender.SendAsync(socket, _gather);
                Interlocked.Add(ref _sent, sent);
                Release(sent);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw new IOException(error.Message, error);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_coalescing)
        {
            return SendDirectlyAsync(buffer, cancellationToken);
        }

        Collect(buffer.Span);
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

    private void Collect(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            while (!bytes.IsEmpty)
            {
                if (_blocks.Count == 0 || _end == PinnedBlockPool.BlockBytes)
                {
                    _blocks.Add(PinnedBlockPool.Shared.Rent());
                    _end = 0;
                }

                int count = Math.Min(bytes.Length, PinnedBlockPool.BlockBytes - _end);
                bytes[..count].CopyTo(_blocks[^1].AsSpan(_end));
                _end += count;
                bytes = bytes[count..];
            }
        }
    }

    private bool TryGather()
    {
        lock (_lock)
        {
            _gather.Clear();
            for (int i = 0; i < _blocks.Count && i < MaxGather; i++)
            {
                int from = i == 0 ? _start : 0;
                _gather.Add(new ArraySegment<byte>(_blocks[i], from, EndOf(i) - from));
            }

            return _gather.Count > 0;
        }
    }

    /// <summary>Gives back the blocks that were sent whole, and notes how far the next one was.</summary>
    private void Release(int sent)
    {
        lock (_lock)
        {
            _start += sent;
            int whole = 0;
            while (whole < _blocks.Count && _start >= EndOf(whole))
            {
                _start -= EndOf(whole);
                PinnedBlockPool.Shared.Return(_blocks[whole++]);
            }

            _blocks.RemoveRange(0, whole);
        }
    }

    private int EndOf(int block) => block == _blocks.Count - 1 ? _end : PinnedBlockPool.BlockBytes;

    private async ValueTask SendDirectlyAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            int sent = await socket.SendAsync(buffer, SocketFlags.None, cancellationToken);
            Interlocked.Add(ref _sent, sent);
            buffer = buffer[sent..];
        }
    }
}
