namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A picture in memory. One caller.</summary>
internal sealed class PixelBuffer(int width, int height)
{
    private const int BytesPerPixel = 3;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Red, green and blue of every pixel, row by row from the top.</summary>
    public byte[] Samples { get; } = new byte[BytesPerPixel * width * height];

    public PixelColor this[int x, int y]
    {
        get
        {
            ReadOnlySpan<byte> pixel = PixelAt(x, y);
            return new PixelColor(pixel[0], pixel[1], pixel[2]);
        }

        set
        {
            Span<byte> pixel = PixelAt(x, y);
            (pixel[0], pixel[1], pixel[2]) = (value.Red, value.Green, value.Blue);
        }
    }

    /// <summary>Fills a rectangle; what of it lies outside of the picture is left out.</summary>
    public void Fill(int left, int top, int width, int height, PixelColor color)
    {
        for (int y = Math.Max(top, 0); y < Math.Min(top + height, Height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + width, Width); x++)
            {
                this[x, y] = color;
            }
        }
    }

    private Span<byte> PixelAt(int x, int y) => Samples.AsSpan(((y * Width) + x) * BytesPerPixel, BytesPerPixel);
}
