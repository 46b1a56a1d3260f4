using System.IO.Pipelines;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>A pipe's writer that counts what it is given.</summary>
internal sealed class CountingWriter(PipeWriter inner) : PipeWriter
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public override void Advance(int bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
