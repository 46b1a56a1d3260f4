namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A picture in memory: three planes of the same size, row by row from the top. One caller.</summary>
internal sealed class PixelBuffer(int width, int height)
{
    private readonly byte[] _samples = new byte[3 * width * height];

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>The samples of Y (0), Cb (1) or Cr (2) in a row.</summary>
    public ReadOnlySpan<byte> Row(int component, int y) => _samples.AsSpan(((component * Height) + y) * Width, Width);

    public void Set(int x, int y, PixelColor color)
    {
        int plane = Width * Height;
        int offset = (y * Width) + x;
        _samples[offset] = color.Y;
        _samples[plane + offset] = color.Cb;
        _samples[(2 * plane) + offset] = color.Cr;
    }

    /// <summary>Fills a rectangle; what of it lies outside of the picture is left out.</summary>
    public void Fill(int left, int top, int width, int height, PixelColor color)
    {
        for (int y = Math.Max(top, 0); y < Math.Min(top + height, Height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + width, Width); x++)
            {
                Set(x, y, color);
            }
        }
    }

    /// <summary>Takes the colours out.</summary>
    public void Bleach() => _samples.AsSpan(Width * Height).Fill(PixelColor.Black.Cb);
}
