using System.Buffers.Binary;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Cuts Annex B into NAL units: what <see cref="AnnexBReader"/> does, or one that a test has broken.</summary>
internal delegate List<byte[]> NalUnitSplit(ReadOnlySpan<byte> data);

/// <summary>
/// Differential: the NAL units of an access unit are those that a search byte by byte finds (ITU-T H.264 annex B), and the same after they went through length prefixes. For both codecs
/// and both framings the access unit is told apart without an exception, the picture that is written takes exactly the bytes that were announced, and it is the same picture when
/// it is read again. A raw stream falls into the same access units however it arrives.
/// </summary>
internal sealed class AnnexBTarget(NalUnitSplit split) : IFuzzTarget
{
    private static readonly ElementaryStreamReaderOptions SmallLimits = new() { MaxAccessUnitBytes = 4096, MaxProbeBytes = 1024 };

    private readonly byte[] _picture = new byte[2 * 1024 * 1024];

    public AnnexBTarget()
        : this(Split)
    {
    }

    public string Name => "annex-b";

    public string Property => "NAL units are those of a search byte by byte; access units are the same in every framing and however a stream arrives.";

    public void Run(ReadOnlySpan<byte> input)
    {
        List<byte[]> expected = Reference(input);
        List<byte[]> units = split(input);
        SameUnits(expected, units);
        SameUnits(expected, SplitPrefixed(Prefix(expected)));
        byte[] bytes = input.ToArray();
        foreach (VideoCodec codec in (ReadOnlySpan<VideoCodec>)[VideoCodec.H264, VideoCodec.H265])
        {
            Inspect(codec, NalFraming.AnnexB, bytes);
            Inspect(codec, NalFraming.FourByteLength, bytes);
            CheckStream(codec, bytes);
        }
    }

    private static List<byte[]> Reference(ReadOnlySpan<byte> data)
    {
        List<byte[]> units = [];
        int start = -1;
        for (int i = 0; i <= data.Length; i++)
        {
            bool isPrefix = i + 3 <= data.Length && data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1;
            if (!isPrefix && i < data.Length)
            {
                continue;
            }

            if (start >= 0 && !data[start..i].TrimEnd((byte)0).IsEmpty)
            {
                units.Add(data[start..i].TrimEnd((byte)0).ToArray());
            }

            start = i + 3;
            i += 2;
        }

        return units;
    }

    internal static List<byte[]> Split(ReadOnlySpan<byte> data)
    {
        List<byte[]> units = [];
        AnnexBReader reader = new(data);
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            units.Add(unit.ToArray());
        }

        return units;
    }

    private static List<byte[]> SplitPrefixed(ReadOnlySpan<byte> data)
    {
        List<byte[]> units = [];
        LengthPrefixedReader reader = new(data);
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            units.Add(unit.ToArray());
        }

        Expect.Holds(!reader.IsMalformed, "length prefixes that are right are malformed");
        return units;
    }

    private static byte[] Prefix(List<byte[]> units)
    {
        byte[] prefixed = new byte[units.Sum(static unit => sizeof(uint) + unit.Length)];
        int at = 0;
        foreach (byte[] unit in units)
        {
            BinaryPrimitives.WriteInt32BigEndian(prefixed.AsSpan(at), unit.Length);
            unit.CopyTo(prefixed, at + sizeof(uint));
            at += sizeof(uint) + unit.Length;
        }

        return prefixed;
    }

    private static void SameUnits(List<byte[]> expected, List<byte[]> actual)
    {
        for (int i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            Expect.SameBytes(expected[i], actual[i], $"NAL unit {i}");
        }

        Expect.Same(expected.Count, actual.Count, "number of NAL units");
    }

    private void Inspect(VideoCodec codec, NalFraming framing, ReadOnlySpan<byte> bytes)
    {
        ParameterSetCache cache = new(codec);
        AccessUnitInfo info = AccessUnit.Inspect(codec, framing, bytes, cache);
        int written = AccessUnit.WritePicture(codec, framing, bytes, _picture.AsSpan(0, info.PictureBytes));
        Expect.Same(info.PictureBytes, written, "bytes of the picture");
        if (framing == NalFraming.AnnexB && info.HasPicture)
        {
            AccessUnitInfo again = AccessUnit.Inspect(codec, framing, _picture.AsSpan(0, written), new ParameterSetCache(codec));
            Expect.Same(info, again, "the picture, read again");
        }
    }

    private static void CheckStream(VideoCodec codec, byte[] bytes)
    {
        List<string> whole = ReadStream(codec, [bytes]);
        Expect.SameItems(whole, ReadStream(codec, Chunks.Cut(bytes)), "access unit");
    }

    private static List<string> ReadStream(VideoCodec codec, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        List<string> units = [];
        try
        {
            using ChunkedStream stream = new(parts);
            ElementaryStreamReader reader = new(stream, codec, SmallLimits);
            while (Blocking.Get(reader.ReadAsync()))
            {
                units.Add(Convert.ToHexString(reader.AccessUnit.Span));
            }
        }
        catch (MediaFormatException error)
        {
            units.Add(error.Message);
        }

        return units;
    }
}
