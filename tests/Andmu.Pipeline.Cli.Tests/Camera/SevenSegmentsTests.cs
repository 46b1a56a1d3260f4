using Andmu.Pipeline.Cli.Camera;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class SevenSegmentsTests
{
    [Fact]
    public void Draw_DigitsAndAColon_AsOnAClock()
    {
        var picture = new PixelBuffer(SevenSegments.WidthOf("2:8", 1), SevenSegments.HeightOf(1));

        SevenSegments.Draw(picture, "2:8", 0, 0, stroke: 1);

        Assert.Equal(
            [
                ".............",
                ".####...####.",
                "....#...#..#.",
                "....#.#.#..#.",
                ".####...####.",
                ".#....#.#..#.",
                ".#......#..#.",
                ".####...####.",
                ".............",
            ],
            Rows(picture));
    }

    [Fact]
    public void Draw_EveryDigit_NoTwoAlike()
    {
        var drawn = new HashSet<string>();
        foreach (char digit in "0123456789")
        {
            var picture = new PixelBuffer(SevenSegments.WidthOf([digit], 2), SevenSegments.HeightOf(2));
            SevenSegments.Draw(picture, [digit], 0, 0, stroke: 2);
            Assert.True(drawn.Add(string.Concat(Rows(picture))));
        }
    }

    [Theory]
    [InlineData(-5, -5)]
    [InlineData(1000, 1000)]
    public void Draw_OutsideOfThePicture_CutOff(int left, int top) => SevenSegments.Draw(new PixelBuffer(16, 16), "12:34", left, top, stroke: 3);

    private static IEnumerable<string> Rows(PixelBuffer picture)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            yield return string.Concat(Enumerable.Range(0, picture.Width).Select(x => picture[x, y] == PixelColor.White ? '#' : '.'));
        }
    }
}
