using System.Buffers.Binary;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>A box that is being written; leaving it writes its size.</summary>
internal readonly ref struct BoxScope(Stream stream, long start)
{
    public void Dispose()
    {
        long end = stream.Position;
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(size, checked((uint)(end - start)));
        stream.Position = start;
        stream.Write(size);
        stream.Position = end;
    }
}
