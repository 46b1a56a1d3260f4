namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Digits and colons as a clock shows them, drawn into a picture: needs no font.</summary>
internal static class SevenSegments
{
    // Bits of a digit: 0 top, 1 top right, 2 bottom right, 3 bottom, 4 bottom left, 5 top left, 6 middle (as the segments a to g are named).
    private static ReadOnlySpan<byte> Digits => [0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F];

    /// <summary>Draws a text in white on black.</summary>
    /// <param name="picture">Where.</param>
    /// <param name="text">Digits; anything else is drawn as a colon.</param>
    /// <param name="left">Left edge of the black field.</param>
    /// <param name="top">Its top.</param>
    /// <param name="stroke">Thickness of a segment in pixels, 1 or more. All measures are multiples of it.</param>
    public static void Draw(PixelBuffer picture, ReadOnlySpan<char> text, int left, int top, int stroke)
    {
        picture.Fill(left, top, WidthOf(text, stroke), HeightOf(stroke), PixelColor.Black);
        int x = left + stroke;
        foreach (char character in text)
        {
            Cell cell = new(picture, x, top + stroke, stroke);
            if (char.IsAsciiDigit(character))
            {
                cell.DrawDigit(Digits[character - '0']);
            }
            else
            {
                cell.DrawColon();
            }

            x += Advance(character) * stroke;
        }
    }

    /// <summary>Pixels from the left to the right edge of the black field.</summary>
    public static int WidthOf(ReadOnlySpan<char> text, int stroke)
    {
        int width = 1;
        foreach (char character in text)
        {
            width += Advance(character);
        }

        return width * stroke;
    }

    /// <summary>Pixels from its top to its bottom.</summary>
    public static int HeightOf(int stroke) => 9 * stroke;

    // With the gap to the next one.
    private static int Advance(char character) => char.IsAsciiDigit(character) ? 5 : 2;

    private readonly record struct Cell(PixelBuffer Picture, int Left, int Top, int Stroke)
    {
        public void DrawDigit(byte segments)
        {
            Segment(segments, 0, 0, 0, 4, 1);
            Segment(segments, 1, 3, 0, 1, 4);
            Segment(segments, 2, 3, 3, 1, 4);
            Segment(segments, 3, 0, 6, 4, 1);
            Segment(segments, 4, 0, 3, 1, 4);
            Segment(segments, 5, 0, 0, 1, 4);
            Segment(segments, 6, 0, 3, 4, 1);
        }

        public void DrawColon()
        {
            Bar(0, 2, 1, 1);
            Bar(0, 4, 1, 1);
        }

        private void Segment(byte segments, int bit, int x, int y, int width, int height)
        {
            if ((segments & (1 << bit)) != 0)
            {
                Bar(x, y, width, height);
            }
        }

        private void Bar(int x, int y, int width, int height) =>
            Picture.Fill(Left + (x * Stroke), Top + (y * Stroke), width * Stroke, height * Stroke, PixelColor.White);
    }
}
