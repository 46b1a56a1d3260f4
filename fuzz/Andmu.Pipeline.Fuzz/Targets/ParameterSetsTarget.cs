extern alias gateway;

using System.Buffers.Binary;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;
using Andmu.Pipeline.Media.ParameterSets;
using gateway::Andmu.Pipeline.Gateway.Recording.Mp4;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>
/// For the NAL units of an Annex B stream: a sequence parameter set is read or not, without an exception; what is read is within the ranges that its members state, and is read
/// again when its emulation prevention bytes are taken out and put in anew. A cache of parameter sets stays below its bound, gives out what it took in by kind and id, counts a version
/// exactly when its bytes change, and its bytes fill another cache with the same. What the platform's recorder makes of the sets at the head of a file holds each as it is.
/// </summary>
internal sealed class ParameterSetsTarget(VideoCodec codec) : IFuzzTarget
{
    private const int MaxSide = 65535;

    public string Name => codec == VideoCodec.H264 ? "parameter-sets-h264" : "parameter-sets-h265";

    public string Property => "Parameter sets are read within their ranges or not at all, and the cache gives out exactly what it took in.";

    public void Run(ReadOnlySpan<byte> input)
    {
        ParameterSetCache cache = new(codec);
        AnnexBReader reader = new(input);
        while (reader.TryRead(out ReadOnlySpan<byte> unit))
        {
            CheckSequence(unit);
            CheckOffer(cache, unit);
        }

        CheckContent(cache);
        CheckRecord(cache);
    }

    private void CheckSequence(ReadOnlySpan<byte> unit)
    {
        object? sps = Read(unit);
        if (sps is null)
        {
            return;
        }

        if (sps is H264SequenceParameterSet h264)
        {
            CheckRanges(h264.Id, 31, h264.Width, h264.Height, h264.ChromaFormatIdc, h264.BitDepthLuma, h264.BitDepthChroma, h264.FrameRate);
        }
        else if (sps is H265SequenceParameterSet h265)
        {
            CheckRanges(h265.Id, 15, h265.Width, h265.Height, h265.ChromaFormatIdc, h265.BitDepthLuma, h265.BitDepthChroma, h265.FrameRate);
            Expect.Holds(h265.NumTemporalLayers is >= 1 and <= 7, $"{h265.NumTemporalLayers} temporal layers");
        }

        int header = codec == VideoCodec.H264 ? 1 : 2;
        byte[] again = [.. unit[..header], .. Emulation.Prevent(Emulation.Undo(unit[header..]))];
        Expect.Same(sps, Read(again), "the set, its emulation prevention made anew");
    }

    private object? Read(ReadOnlySpan<byte> unit) => codec == VideoCodec.H264
        ? H264SequenceParameterSet.TryParse(unit, out H264SequenceParameterSet? h264) ? h264 : null
        : H265SequenceParameterSet.TryParse(unit, out H265SequenceParameterSet? h265) ? h265 : null;

    private static void CheckRanges(int id, int maxId, int width, int height, int chroma, int luma, int chromaBits, double? rate)
    {
        Expect.Holds(id >= 0 && id <= maxId, $"id {id}");
        Expect.Holds(width is >= 1 and <= MaxSide && height is >= 1 and <= MaxSide, $"{width}x{height}");
        Expect.Holds(chroma is >= 0 and <= 3, $"chroma format {chroma}");
        Expect.Holds(luma is >= 8 and <= 16 && chromaBits is >= 8 and <= 16, $"{luma} and {chromaBits} bits a sample");
        Expect.Holds(rate is null || (double.IsFinite(rate.Value) && rate > 0), $"{rate} frames a second");
    }

    private static void CheckOffer(ParameterSetCache cache, ReadOnlySpan<byte> unit)
    {
        byte[] before = cache.AnnexB.ToArray();
        int version = cache.Version;
        int refused = cache.RefusedCount;
        bool isSet = cache.Offer(unit);
        bool isChanged = !cache.AnnexB.SequenceEqual(before);
        Expect.Same(version + (isChanged ? 1 : 0), cache.Version, "version");
        Expect.Holds(isSet || (!isChanged && cache.RefusedCount == refused), "what is no parameter set changed the cache");
        Expect.Holds(!isChanged || cache.RefusedCount == refused, "a refused set changed the cache");
        Expect.Holds(cache.AnnexB.Length <= ParameterSetCache.MaxBytes, "the cache is beyond its bound");
        if (isSet && cache.RefusedCount == refused)
        {
            version = cache.Version;
            cache.Offer(unit);
            Expect.Same(version, cache.Version, "version after the same set came again");
        }
    }

    private void CheckContent(ParameterSetCache cache)
    {
        ParameterSetCache copy = new(codec);
        AnnexBReader reader = new(cache.AnnexB);
        foreach (ParameterSetKind kind in Enum.GetValues<ParameterSetKind>())
        {
            for (int i = 0; i < cache.Count(kind); i++)
            {
                Expect.Holds(reader.TryRead(out ReadOnlySpan<byte> unit), "the cache's bytes have fewer sets than it counts");
                Expect.SameBytes(cache.Get(kind, i), unit, $"{kind} set {i}");
                Expect.Holds(copy.Offer(unit) && copy.RefusedCount == 0, $"{kind} set {i} is not taken again");
            }
        }

        Expect.Holds(!reader.TryRead(out _), "the cache's bytes have more sets than it counts");
        Expect.SameBytes(cache.AnnexB, copy.AnnexB, "copy of the cache");
        Expect.Same(cache.IsComplete, copy.IsComplete, "completeness of the copy");
    }

    // avcC and hvcC, ISO/IEC 14496-15 5.3.3.1.2 and 8.3.3.1.2.
    private void CheckRecord(ParameterSetCache cache)
    {
        bool isH264 = codec == VideoCodec.H264;
        byte[]? record = !cache.IsComplete ? null : isH264 ? AvcConfiguration.TryCreate(cache) : HevcConfiguration.TryCreate(cache);
        if (record is null)
        {
            return;
        }

        ReadOnlySpan<byte> rest = record.AsSpan(isH264 ? 5 : 23);
        ReadOnlySpan<ParameterSetKind> kinds = isH264
            ? [ParameterSetKind.Sequence, ParameterSetKind.Picture]
            : [ParameterSetKind.Video, ParameterSetKind.Sequence, ParameterSetKind.Picture];
        foreach (ParameterSetKind kind in kinds)
        {
            int most = !isH264 ? ushort.MaxValue : kind == ParameterSetKind.Sequence ? 31 : 255;
            int count = isH264 ? rest[0] & most : BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
            Expect.Same(Math.Min(cache.Count(kind), most), count, $"number of {kind} sets in the record");
            rest = rest[(isH264 ? 1 : 3)..];
            for (int i = 0; i < count; i++)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
                Expect.SameBytes(cache.Get(kind, i), rest.Slice(sizeof(ushort), length), $"{kind} set {i} in the record");
                rest = rest[(sizeof(ushort) + length)..];
            }
        }

        Expect.Holds(rest.IsEmpty || (isH264 && rest.Length == 4), "something else stands in the record");
    }
}
