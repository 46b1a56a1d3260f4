namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// The second part of the VUI, the same in both codecs: ITU-T H.264 E.1.1 and ITU-T H.265 E.2.1.
/// <code>
/// u(1) | [overscan_appropriate_flag] || u(1) | [u(3) video_format | u(1) full range | u(1) | [3 x u(8) colour]] || u(1) | [2 x ue chroma]
/// </code>
/// </summary>
internal static class VideoSignal
{
    /// <summary>Passes over overscan, video signal type and chroma location.</summary>
    public static void Skip(ref RbspBitReader reader)
    {
        if (reader.ReadFlag())
        {
            reader.ReadFlag();
        }

        if (reader.ReadFlag())
        {
            reader.SkipBits(3 + 1);
            if (reader.ReadFlag())
            {
                reader.SkipBits(3 * 8);
            }
        }

        if (reader.ReadFlag())
        {
            reader.ReadUe();
            reader.ReadUe();
        }
    }
}
