using System.Buffers.Binary;
using Andmu.Pipeline.Gateway.Audit;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>
/// Reads the pictures of a panorama, DevIpCamCmd type 4 (specification 5.2.11.7), and holds them against it; all numbers big-endian:
/// <code>
/// 0        4        8        12       16
/// | cmdtype| sequence| count | size   | JPEG ... |
/// |  103   | from 1 |        |        |          |
/// </code>
/// Used by one thread, the one that reads the connection.
/// </summary>
internal sealed class PanoramaAudit
{
    private const int HeaderLength = 16;
    private const uint Command = 103;

    // One for each degree.
    private const uint MaxCount = 360;

    private string? _askedBy;
    private uint _last;
    private uint _count;

    /// <summary>A panorama begins: the device has said yes to the command.</summary>
    public void Begin(string askedBy)
    {
        _askedBy = askedBy;
        _last = 0;
        _count = 0;
    }

    /// <summary>Checks a picture; null when it is none, or its number cannot be one.</summary>
    public (int Sequence, int Count, ReadOnlyMemory<byte> Jpeg)? Read(FieldReader reader, string destination, ReadOnlyMemory<byte> data)
    {
        if (data.Length < HeaderLength)
        {
            reader.Add($"{data.Length} bytes of data, the header alone has {HeaderLength}");
            return null;
        }

        ReadOnlySpan<byte> header = data.Span;
        uint command = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (command != Command)
        {
            reader.Add($"cmdtype is {command}, not {Command}");
            return null;
        }

        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        uint count = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        uint size = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        ReadOnlyMemory<byte> jpeg = data[HeaderLength..];
        reader.Require(size == jpeg.Length, $"size is {size}, the picture has {jpeg.Length} bytes");
        reader.Require(Jpeg.IsWhole(jpeg.Span), "the picture is no JPEG from its start to its end");
        if (count is 0 or > MaxCount || sequence is 0 || sequence > count)
        {
            reader.Add($"picture {sequence} of {count} cannot be");
            return null;
        }

        CheckOrder(reader, destination, sequence, count);
        return ((int)sequence, (int)count, jpeg);
    }

    private void CheckOrder(FieldReader reader, string destination, uint sequence, uint count)
    {
        if (_askedBy is null)
        {
            reader.Add("nobody has asked for a panorama");
            return;
        }

        reader.Require(destination == _askedBy, "dst_device_id is not who asked");
        reader.Require(sequence == _last + 1, $"picture {sequence} comes after picture {_last}");
        reader.Require(_count == 0 || count == _count, $"count is {count}, it was {_count}");
        _last = sequence;
        _count = count;
    }
}
