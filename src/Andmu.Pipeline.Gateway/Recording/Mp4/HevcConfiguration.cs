using System.Buffers.Binary;
using Andmu.Pipeline.Media.H265;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// The HEVCDecoderConfigurationRecord, ISO/IEC 14496-15 8.3.3.1.2:
/// <code>
/// 1 | space 2, tier 1, profile 5 | compatibility 32 | constraints 48 | level | F000 + segmentation | FC + parallelism |
///   FC + chroma | F8 + luma depth - 8 | F8 + chroma depth - 8 | frame rate 16 | layers, nesting, length size | arrays |
///   arrays x (80 + type | count 16 | count x (length 16, NAL unit))
/// </code>
/// </summary>
internal static class HevcConfiguration
{
    // ITU-T H.265 table 7-1.
    private const byte VpsType = 32;
    private const byte SpsType = 33;
    private const byte PpsType = 34;

    public static byte[]? TryCreate(ParameterSetCache sets)
    {
        if (!H265SequenceParameterSet.TryParse(sets.Get(ParameterSetKind.Sequence, 0), out H265SequenceParameterSet? sps))
        {
            return null;
        }

        byte[] head = new byte[23];
        head[0] = 1;
        head[1] = (byte)((sps.GeneralProfileSpace << 6) | (sps.GeneralTierFlag ? 0x20 : 0) | sps.GeneralProfileIdc);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(2), sps.GeneralProfileCompatibilityFlags);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), (ushort)(sps.GeneralConstraintIndicatorFlags >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), (uint)sps.GeneralConstraintIndicatorFlags);
        head[12] = (byte)sps.GeneralLevelIdc;
        head[13] = 0xF0; // Segmentation, parallelism and frame rate: 0, not told.
        head[15] = 0xFC;
        head[16] = (byte)(0xFC | sps.ChromaFormatIdc);
        head[17] = (byte)(0xF8 | (sps.BitDepthLuma - 8));
        head[18] = (byte)(0xF8 | (sps.BitDepthChroma - 8));
        head[21] = (byte)((sps.NumTemporalLayers << 3) | (sps.TemporalIdNested ? 4 : 0) | (SampleFormat.LengthBytes - 1));
        head[22] = 3;
        List<byte> record = [.. head];
        AddArray(record, sets, ParameterSetKind.Video, VpsType);
        AddArray(record, sets, ParameterSetKind.Sequence, SpsType);
        AddArray(record, sets, ParameterSetKind.Picture, PpsType);
        return [.. record];
    }

    // hvc1 keeps all sets here and none in the samples: every array is complete.
    private static void AddArray(List<byte> record, ParameterSetCache sets, ParameterSetKind kind, byte type)
    {
        int count = sets.Count(kind);
        record.Add((byte)(0x80 | type));
        Span<byte> number = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)count);
        record.AddRange(number);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> nalUnit = sets.Get(kind, i);
            BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)nalUnit.Length);
            record.AddRange(number);
            record.AddRange(nalUnit);
        }
    }
}
