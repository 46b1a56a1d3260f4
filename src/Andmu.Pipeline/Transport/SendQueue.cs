using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Transport;

/// <summary>Encrypted bytes on their way to the socket: collected in blocks, and sent with one call when it is told to.</summary>
/// <remarks>
/// <code>
///   TLS --Append, always at once--> | block | block | blo | --SendPendingAsync, one sendmsg--> socket
/// </code>
/// One sender at a time. A lock guards the blocks all the same: TLS may answer what it reads (an alert), from the reader's thread.
/// </remarks>
internal sealed class SendQueue(Socket socket) : IDisposable
{
    /// <summary>Buffers a send: above eight the runtime's gather path allocates.</summary>
    private const int MaxGather = 8;

    private readonly Lock _lock = new();
    private readonly SocketSender _sender = new();
    private readonly List<byte[]> _blocks = [];
    private readonly List<ArraySegment<byte>> _gather = new(MaxGather);
    private int _start; // in the first block
    private int _end;   // in the last block
    private long _sent;
    private int _unsentLimit;

    /// <summary>Bytes given to the socket.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>Counts what was sent past the queue.</summary>
    public void OnSentDirectly(int bytes) => Interlocked.Add(ref _sent, bytes);

    /// <summary>Takes a copy.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
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

    /// <summary>Sends what was collected. Blocks go back to the pool.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendPendingAsync()
    {
        LimitUnsent();
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

    /// <summary>Whoever sends now, or still wants to, gets an <see cref="IOException"/> once the socket is closed.</summary>
    public void Dispose() => _sender.Dispose();

    private void LimitUnsent()
    {
        int pending;
        lock (_lock)
        {
            pending = _blocks.Count == 0 ? 0 : ((_blocks.Count - 1) * PinnedBlockPool.BlockBytes) + _end - _start;
        }

        int limit = pending >= TcpOptions.UnsentBytesInBulk / 2 ? TcpOptions.UnsentBytesInBulk : TcpOptions.UnsentBytes;
        if (limit != _unsentLimit)
        {
            _unsentLimit = limit;
            TcpOptions.LimitUnsent(socket, limit);
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
}
