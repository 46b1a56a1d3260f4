using StbImageWriteSharp;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Pictures as baseline JPEG (ITU-T T.81 and T.871).</summary>
internal static class JpegPicture
{
    // 1 to 100. The usual middle between size and likeness: some 20 KB for 640x360.
    private const int Quality = 75;

    public static byte[] Encode(PixelBuffer picture)
    {
        using var output = new MemoryStream();
        new ImageWriter().WriteJpg(picture.Samples, picture.Width, picture.Height, ColorComponents.RedGreenBlue, output, Quality);
        return output.ToArray();
    }
}
