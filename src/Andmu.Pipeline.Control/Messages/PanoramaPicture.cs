using System.Buffers.Binary;

namespace Andmu.Pipeline.Control;

/// <summary>A picture of a panorama (the data of a DevIpCamCmd of type 4, specification 5.2.11.7).</summary>
/// <remarks>
/// <code>
///        4           4          4        4     size
/// +-----------+----------+---------+--------+------+
/// | cmdtype   | sequence | count   | size   | JPEG |     all big-endian
/// +-----------+----------+---------+--------+------+
///   103         from 1
/// </code>
/// </remarks>
public static class PanoramaPicture
{
    /// <summary>Bytes before the picture.</summary>
    public const int HeaderBytes = 16;

    private const uint UploadCommand = 103;

    /// <summary>The data of one picture.</summary>
    /// <param name="sequence">Number of the picture, 1 to <paramref name="count"/>.</param>
    /// <param name="count">Pictures of the panorama.</param>
    /// <param name="jpeg">The picture, 640x360.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not one of them.</exception>
    public static byte[] Write(int sequence, int count, ReadOnlySpan<byte> jpeg)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, count);
        byte[] data = new byte[HeaderBytes + jpeg.Length];
        BinaryPrimitives.WriteUInt32BigEndian(data, UploadCommand);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), (uint)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(8), (uint)count);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(12), (uint)jpeg.Length);
        jpeg.CopyTo(data.AsSpan(HeaderBytes));
        return data;
    }
}
