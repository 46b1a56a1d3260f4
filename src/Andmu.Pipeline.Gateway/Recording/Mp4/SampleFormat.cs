using System.Buffers.Binary;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>Access units as samples, ISO/IEC 14496-15 5.2.3: every NAL unit behind its length, parameter sets left to the configuration.</summary>
internal static class SampleFormat
{
    public const int LengthBytes = 4;

    /// <summary>Appends an Annex B access unit as a sample and returns the sample's size; sets found in it go to the cache.</summary>
    public static int Append(Stream output, ReadOnlySpan<byte> accessUnit, ParameterSetCache sets)
    {
        int size = 0;
        Span<byte> length = stackalloc byte[LengthBytes];
        var reader = new AnnexBReader(accessUnit);
        while (reader.TryRead(out ReadOnlySpan<byte> nalUnit))
        {
            if (nalUnit.IsEmpty || sets.Offer(nalUnit))
            {
                continue;
            }

            BinaryPrimitives.WriteInt32BigEndian(length, nalUnit.Length);
            output.Write(length);
            output.Write(nalUnit);
            size += LengthBytes + nalUnit.Length;
        }

        return size;
    }
}
