using System.Buffers.Binary;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// Boxes of the ISO base media file format (ISO/IEC 14496-12 4.2), nested by <c>using</c>:
/// <code>
/// size (32) | type (32) | [version (8) | flags (24)] | contents
/// </code>
/// The size is patched when the box is left. All numbers are big-endian.
/// </summary>
internal readonly struct BoxWriter(Stream stream)
{
    public long Position => stream.Position;

    public BoxScope Box(ReadOnlySpan<byte> type)
    {
        long start = stream.Position;
        U32(0);
        stream.Write(type);
        return new BoxScope(stream, start);
    }

    public BoxScope FullBox(ReadOnlySpan<byte> type, byte version = 0, uint flags = 0)
    {
        BoxScope scope = Box(type);
        U32(((uint)version << 24) | flags);
        return scope;
    }

    public void U8(byte value) => stream.WriteByte(value);

    public void U16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        stream.Write(bytes);
    }

    public void U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }

    public void I32(int value) => U32((uint)value);

    public void U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        stream.Write(bytes);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    public void Zeros(int count)
    {
        for (int i = 0; i < count; i++)
        {
            stream.WriteByte(0);
        }
    }

    /// <summary>Writes a number over one written before.</summary>
    public void PatchU32(long position, uint value)
    {
        long end = stream.Position;
        stream.Position = position;
        U32(value);
        stream.Position = end;
    }
}
