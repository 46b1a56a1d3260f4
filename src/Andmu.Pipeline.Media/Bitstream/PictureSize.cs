namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// The cropping rectangle of both codecs: frame_cropping_flag (ITU-T H.264 7.4.2.1.1) and conformance_window_flag (ITU-T H.265 7.4.3.2.1).
/// <code>
/// u(1) flag | ue left | ue right | ue top | ue bottom      in units of 1 or 2 luma samples, by the chroma format
/// </code>
/// </summary>
internal static class PictureSize
{
    /// <summary>The largest side: MP4 sample entries have 16 bits for it (ISO/IEC 14496-12 12.1.3); no level comes near.</summary>
    public const int MaxSide = ushort.MaxValue;

    /// <summary>Reads the rectangle and takes it off. Fails the reader when nothing is left, or more than <see cref="MaxSide"/>.</summary>
    public static (int Width, int Height) ReadCropped(ref RbspBitReader reader, int width, int height, int unitX, int unitY)
    {
        if (reader.ReadFlag())
        {
            // Bounded so that the sums stay far from overflow.
            width -= (reader.ReadUe(MaxSide) + reader.ReadUe(MaxSide)) * unitX;
            height -= (reader.ReadUe(MaxSide) + reader.ReadUe(MaxSide)) * unitY;
        }

        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide)
        {
            reader.Fail();
        }

        return (width, height);
    }
}
