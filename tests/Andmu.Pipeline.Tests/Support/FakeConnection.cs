using System.IO.Pipelines;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>A connection in memory: the device's end. The platform's end is <see cref="FakePlatform"/>.</summary>
internal sealed class FakeConnection : IUplinkConnection
{
    private readonly Pipe _up;
    private readonly Pipe _down = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly CountingWriter _output;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _aborted;
    private int _looks;

    /// <param name="upBytes">What goes up without being read before a flush blocks, like a socket's send buffer. 0 for no limit.</param>
    public FakeConnection(int upBytes = 0)
    {
        _up = new Pipe(new PipeOptions(pauseWriterThreshold: upBytes, resumeWriterThreshold: upBytes / 2, useSynchronizationContext: false));
        _output = new CountingWriter(this, _up.Writer);
        Input = new FailingReader(this, _down.Reader);
    }

    public PipeReader Input { get; }

    public PipeWriter Output => _output;

    public long BytesSent => _output.Flushed;

    /// <summary>What the peer's TCP confirms of what was sent. Default: it cannot be known.</summary>
    public Func<long, long?> Acknowledge { get; set; } = _ => null;

    public long? BytesAcknowledged
    {
        get
        {
            Interlocked.Increment(ref _looks);
            return Acknowledge(BytesSent);
        }
    }

    /// <summary>How often the device has looked at <see cref="BytesAcknowledged"/>.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public bool IsAborted => _aborted;

    public bool WasClosedInOrder { get; private set; }

    public Task Disposed => _disposed.Task;

    public PipeReader PlatformInput => _up.Reader;

    public PipeWriter PlatformOutput => _down.Writer;

    public void Abort()
    {
        _aborted = true;
        _up.Writer.CancelPendingFlush();
        _up.Reader.CancelPendingRead();
        _down.Reader.CancelPendingRead();
    }

    public async ValueTask CloseAsync()
    {
        await _output.FlushAsync();
        WasClosedInOrder = true;
        await _up.Writer.CompleteAsync();
    }

    public ValueTask DisposeAsync()
    {
        Abort();
        _disposed.TrySetResult();
        return default;
    }

    private void ThrowIfAborted()
    {
        if (_aborted)
        {
            throw new IOException("The connection was aborted.");
        }
    }

    private sealed class CountingWriter(FakeConnection connection, PipeWriter inner) : PipeWriter
    {
        private long _flushed;
        private long _unflushed;

        public long Flushed => Interlocked.Read(ref _flushed);

        public override void Advance(int bytes)
        {
            inner.Advance(bytes);
            _unflushed += bytes;
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            connection.ThrowIfAborted();
            Interlocked.Add(ref _flushed, _unflushed);
            _unflushed = 0;
            FlushResult result = await inner.FlushAsync(cancellationToken);
            connection.ThrowIfAborted();
            return result;
        }

        public override void CancelPendingFlush() => throw new NotSupportedException();

        public override void Complete(Exception? exception = null) => throw new NotSupportedException();
    }

    private sealed class FailingReader(FakeConnection connection, PipeReader inner) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            connection.ThrowIfAborted();
            ReadResult result = await inner.ReadAsync(cancellationToken);
            connection.ThrowIfAborted();
            return result;
        }

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

        public override void CancelPendingRead() => throw new NotSupportedException();

        public override void Complete(Exception? exception = null) => throw new NotSupportedException();
    }
}
