using Andmu.Pipeline.OpenApi.Wire;

namespace Andmu.Pipeline.OpenApi.Tests.Wire;

public sealed class BoundedBodyTests
{
    [Theory]
    [InlineData(0, 1024, 1)]
    [InlineData(1, 1024, 1)]
    [InlineData(1024, 1024, 7)]
    [InlineData(4096, 1 << 20, 4096)]
    [InlineData(4097, 1 << 20, 100)]
    [InlineData(100_000, 100_000, 1000)]
    public async Task ReadAsync_WithinTheLimit_IsWhole(int length, int limit, int step)
    {
        var stream = new EndlessStream(length, step);
        byte[]? body = await BoundedBody.ReadAsync(stream, limit, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, length).Select(i => (byte)i), body!);
    }

    [Theory]
    [InlineData(1024, 1025)]
    [InlineData(4096, 4097)]
    [InlineData(100_000, long.MaxValue)]
    public async Task ReadAsync_BeyondTheLimit_StopsOneByteAfterIt(int limit, long length)
    {
        var stream = new EndlessStream(length, int.MaxValue);
        Assert.Null(await BoundedBody.ReadAsync(stream, limit, CancellationToken.None));
        Assert.Equal(limit + 1, stream.Position);
    }

    [Fact]
    public async Task ReadAsync_LengthBeyondTheLimit_ReadsNothing()
    {
        var stream = new EndlessStream(long.MaxValue, int.MaxValue);
        using var content = new StreamContent(stream);
        content.Headers.ContentLength = 10_000_000_000;
        Assert.Null(await BoundedBody.ReadAsync(content, 1 << 20, CancellationToken.None));
        Assert.Equal(0, stream.Position);
    }

    /// <summary>Counts up, a step at a time; longer than any memory if need be.</summary>
    private sealed class EndlessStream(long length, int step) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(Math.Min(count, step), length - _position);
            for (int i = 0; i < read; i++)
            {
                buffer[offset + i] = (byte)_position++;
            }

            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
