using System.Buffers.Binary;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// The AVCDecoderConfigurationRecord, ISO/IEC 14496-15 5.3.3.1.2:
/// <code>
/// 1 | profile | constraints | level | FC + 3 | E0 + n | n x (length 16, SPS) | m | m x (length 16, PPS) |
///   [high profiles: FC + chroma | F8 + luma depth - 8 | F8 + chroma depth - 8 | 0]
/// </code>
/// </summary>
internal static class AvcConfiguration
{
    public static byte[]? TryCreate(ParameterSetCache sets)
    {
        if (!H264SequenceParameterSet.TryParse(sets.Get(ParameterSetKind.Sequence, 0), out H264SequenceParameterSet? sps))
        {
            return null;
        }

        List<byte> record = [1, (byte)sps.ProfileIdc, sps.ConstraintFlags, (byte)sps.LevelIdc, 0xFC | (SampleFormat.LengthBytes - 1)];
        AddAll(record, sets, ParameterSetKind.Sequence, 0xE0, maximum: 31);
        AddAll(record, sets, ParameterSetKind.Picture, 0, maximum: 255);
        if (sps.ProfileIdc is not (66 or 77 or 88))
        {
            record.AddRange(
                [(byte)(0xFC | sps.ChromaFormatIdc), (byte)(0xF8 | (sps.BitDepthLuma - 8)), (byte)(0xF8 | (sps.BitDepthChroma - 8)), 0]);
        }

        return [.. record];
    }

    private static void AddAll(List<byte> record, ParameterSetCache sets, ParameterSetKind kind, byte marker, int maximum)
    {
        int count = Math.Min(maximum, sets.Count(kind));
        record.Add((byte)(marker | count));
        Span<byte> length = stackalloc byte[2];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> nalUnit = sets.Get(kind, i);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)nalUnit.Length);
            record.AddRange(length);
            record.AddRange(nalUnit);
        }
    }
}
