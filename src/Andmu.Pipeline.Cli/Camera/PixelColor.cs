namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A colour.</summary>
internal readonly record struct PixelColor(byte Red, byte Green, byte Blue)
{
    public static PixelColor Black { get; } = new(0, 0, 0);

    public static PixelColor White { get; } = new(255, 255, 255);

    /// <summary>How bright it is to the eye (ITU-R BT.601).</summary>
    public byte Luma => (byte)((0.299 * Red) + (0.587 * Green) + (0.114 * Blue));

    /// <summary>Three quarters as bright.</summary>
    public PixelColor Dimmed => new((byte)(Red * 3 / 4), (byte)(Green * 3 / 4), (byte)(Blue * 3 / 4));

    /// <summary>Without colour.</summary>
    public PixelColor Grey => new(Luma, Luma, Luma);
}
