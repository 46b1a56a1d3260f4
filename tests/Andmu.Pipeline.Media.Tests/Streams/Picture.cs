using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Media.Tests.Streams;

/// <summary>One access unit of a stream, as the uplink would send it.</summary>
internal sealed record Picture(AccessUnitInfo Info, byte[] AccessUnit, byte[] ParameterSets, byte[] Bytes, VideoFormat? Format)
{
    /// <summary>Reads a whole stream.</summary>
    public static async Task<List<Picture>> ReadAllAsync(Stream stream, VideoCodec codec, ElementaryStreamReaderOptions? options = null)
    {
        ElementaryStreamReader reader = new(stream, codec, options);
        ParameterSetCache cache = new(codec);
        List<Picture> pictures = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            pictures.Add(Take(codec, NalFraming.AnnexB, reader.AccessUnit.Span, cache));
        }

        return pictures;
    }

    /// <summary>Inspects and writes one access unit; the room is as large as announced and lies between guards.</summary>
    public static Picture Take(VideoCodec codec, NalFraming framing, ReadOnlySpan<byte> accessUnit, ParameterSetCache cache)
    {
        const int guard = 16;
        AccessUnitInfo info = Media.AccessUnit.Inspect(codec, framing, accessUnit, cache);
        byte[] room = new byte[info.PictureBytes + (2 * guard)];
        Array.Fill(room, (byte)0xFF);
        int written = Media.AccessUnit.WritePicture(codec, framing, accessUnit, room.AsSpan(guard, info.PictureBytes));
        Assert.Equal(info.PictureBytes, written);
        Assert.Equal(-1, room.AsSpan(0, guard).IndexOfAnyExcept((byte)0xFF));
        Assert.Equal(-1, room.AsSpan(guard + written).IndexOfAnyExcept((byte)0xFF));
        return new Picture(info, accessUnit.ToArray(), cache.AnnexB.ToArray(), room[guard..(guard + written)], cache.Format);
    }

    /// <summary>What the platform would put together: parameter sets before each key frame, then the pictures.</summary>
    public static byte[] Send(IEnumerable<Picture> pictures)
    {
        MemoryStream sent = new();
        foreach (Picture picture in pictures)
        {
            sent.Write(picture.Info.IsRandomAccess ? picture.ParameterSets : []);
            sent.Write(picture.Bytes);
        }

        return sent.ToArray();
    }
}
