namespace Andmu.Pipeline.Cli.Sources;

/// <summary>A file as one stream that holds it so many times over, read in pieces. What is read comes from the page cache, so the caller's thread
/// reads it: cheaper than handing every piece to another one.</summary>
internal sealed class RepeatedFile(FileStream file, int times) : Stream
{
    private int _left = times - 1;

    /// <summary>Bytes given out.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How often the reading went back to the beginning. It does so only when asked for more than the end of the file.</summary>
    public int Repeats { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        Span<byte> piece = buffer[..Math.Min(buffer.Length, InputFile.ReadSize)];
        int read = file.Read(piece);
        if (read == 0 && _left > 0)
        {
            _left--;
            Repeats++;
            file.Position = 0;
            read = file.Read(piece);
        }

        BytesRead += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
