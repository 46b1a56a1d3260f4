using System.Buffers.Binary;

namespace Andmu.Pipeline.Control.Reports;

/// <summary>
/// One picture of a panorama: <c>data</c> of a DevIpCamCmd of type 4, whose dst_device_id is the command's src_device_id (specification
/// 5.2.11.7).
/// <code>
/// | cmdtype 103 | sequence | count | size |  JPEG ...      each 4 bytes, big-endian
/// 0             4          8       12     16
/// </code>
/// </summary>
public static class PanoramaPicture
{
    /// <summary>Bytes in front of the picture.</summary>
    public const int HeaderSize = 16;

    private const uint CommandType = 103;

    /// <summary>Writes what stands in front of the picture.</summary>
    /// <param name="destination">Where to; at least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="sequence">Number of the picture, from 1.</param>
    /// <param name="count">How many pictures the panorama has.</param>
    /// <param name="size">Size of the picture in bytes.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to the count, or the size is not positive.</exception>
    public static void WriteHeader(Span<byte> destination, int sequence, int count, int size)
    {
        if (destination.Length < HeaderSize)
        {
            throw new ArgumentException($"The header takes {HeaderSize} bytes.", nameof(destination));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, count);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        BinaryPrimitives.WriteUInt32BigEndian(destination, CommandType);
        BinaryPrimitives.WriteInt32BigEndian(destination[4..], sequence);
        BinaryPrimitives.WriteInt32BigEndian(destination[8..], count);
        BinaryPrimitives.WriteInt32BigEndian(destination[12..], size);
    }

    /// <summary>Header and picture in an array of their own.</summary>
    /// <param name="sequence">Number of the picture, from 1.</param>
    /// <param name="count">How many pictures the panorama has.</param>
    /// <param name="jpeg">The picture.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to the count, or the picture is empty.</exception>
    public static byte[] ToData(int sequence, int count, ReadOnlySpan<byte> jpeg)
    {
        byte[] data = new byte[HeaderSize + jpeg.Length];
        WriteHeader(data, sequence, count, jpeg.Length);
        jpeg.CopyTo(data.AsSpan(HeaderSize));
        return data;
    }
}
