namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A colour as JPEG has it: luma and two differences of colour, 128 meaning none (ITU-T T.871).</summary>
internal readonly record struct PixelColor(byte Y, byte Cb, byte Cr)
{
    public static PixelColor Black { get; } = new(0, 128, 128);

    public static PixelColor White { get; } = new(255, 128, 128);

    /// <summary>From red, green and blue (ITU-T T.871, clause 7).</summary>
    public static PixelColor OfRgb(int red, int green, int blue) => new(
        (byte)Math.Clamp((0.299 * red) + (0.587 * green) + (0.114 * blue), 0, 255),
        (byte)Math.Clamp(128 - (0.1687 * red) - (0.3313 * green) + (0.5 * blue), 0, 255),
        (byte)Math.Clamp(128 + (0.5 * red) - (0.4187 * green) - (0.0813 * blue), 0, 255));
}
