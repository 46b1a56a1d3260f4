namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A file on a disk with room for so many bytes: what fits is written, then comes ENOSPC.</summary>
internal sealed class SmallDisk(string path, long capacity) : Stream
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write);

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    public override void SetLength(long value) => _file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int room = (int)Math.Min(buffer.Length, capacity - _file.Position);
        _file.Write(buffer[..room]);
        if (room < buffer.Length)
        {
            throw new IOException("No space left on device");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }
}
