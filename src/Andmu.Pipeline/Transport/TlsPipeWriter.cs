using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Andmu.Pipeline.Transport;

/// <summary>The writing end of a TLS connection: one block of plain text, encrypted whenever it is full; one socket send a flush.</summary>
/// <remarks>
/// A packet's header lies in the same TLS record as the start of its payload, because both are written into the same block.
/// The block is rented with the first write after a flush and returned with the flush.
/// One writer at a time. Cancelling a flush is closing the connection: half a TLS record cannot be taken back.
/// </remarks>
internal sealed class TlsPipeWriter(IRecordProtection tls, SendQueue queue) : PipeWriter
{
    private byte[]? _block;
    private byte[]? _oversized; // for a span larger than a block, which no packet of this protocol asks for
    private int _used;
    private long _unflushed;
    private bool _completed;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (_oversized is { } oversized)
        {
            tls.Encrypt(oversized.AsMemory(0, bytes));
            _oversized = null;
        }
        else
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, PinnedBlockPool.BlockBytes - _used);
            _used += bytes;
        }

        _unflushed += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _oversized = null;
        _block ??= PinnedBlockPool.Shared.Rent();
        if (Math.Max(sizeHint, 1) > PinnedBlockPool.BlockBytes - _used)
        {
            EncryptBlock();
            if (sizeHint > PinnedBlockPool.BlockBytes)
            {
                return _oversized = new byte[sizeHint];
            }
        }

        return _block.AsMemory(_used);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EncryptBlock();
        ReleaseBlock();
        _unflushed = 0;
        await queue.SendPendingAsync();
        return default;
    }

    public override void CancelPendingFlush() => throw new NotSupportedException("Abort the connection instead.");

    public override void Complete(Exception? exception = null)
    {
        _completed = true;
        _used = 0;
        ReleaseBlock();
    }

    private void EncryptBlock()
    {
        if (_used > 0)
        {
            int used = _used;
            _used = 0;
            tls.Encrypt(_block.AsMemory(0, used));
        }
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
