namespace Andmu.Pipeline.Cli.Camera;

/// <summary>What stands around a simulated camera, all the way round: sky over ground, a skyline, a grid of lines, and a coloured post every 30 degrees.
/// No two directions look alike, so that pictures show where a head stands, and neighbours in a panorama can be matched.</summary>
internal static class Landscape
{
    private const double GridDegrees = 10;
    private const double HouseDegrees = 7.5; // 48 houses all the way round
    private const double PostDegrees = 30;
    private const double PostTop = 24;
    private const double PostHalfWidth = 1;

    private static readonly PixelColor[] Posts =
    [
        new(220, 40, 40), new(230, 130, 30), new(230, 210, 40), new(140, 210, 50),
        new(40, 170, 70), new(30, 190, 170), new(40, 160, 230), new(40, 80, 220),
        new(110, 60, 210), new(180, 50, 200), new(230, 60, 150), new(240, 240, 240),
    ];

    /// <summary>What is seen in one direction.</summary>
    /// <param name="right">Degrees to the right, of any number of turns.</param>
    /// <param name="up">Degrees above the horizon.</param>
    /// <param name="pixel">Degrees that a pixel covers: the width of a line.</param>
    public static PixelColor At(double right, double up, double pixel)
    {
        right = Turned(right);
        if (up is > 0 and < PostTop && Math.Abs(FromNearest(right, PostDegrees)) < PostHalfWidth)
        {
            return Posts[(int)Math.Round(right / PostDegrees) % Posts.Length];
        }

        PixelColor color = Behind(right, up);
        bool isLine = Math.Abs(FromNearest(right, GridDegrees)) < pixel || Math.Abs(FromNearest(up, GridDegrees)) < pixel;
        return isLine ? color.Dimmed : color;
    }

    private static PixelColor Behind(double right, double up)
    {
        if (up < 0)
        {
            int shade = (int)Math.Min(-up, 60);
            return new PixelColor((byte)(110 + shade), (byte)(120 + shade), (byte)(70 + (shade / 2)));
        }

        if (up < Roof((int)(right / HouseDegrees)))
        {
            return new PixelColor(95, 85, 90);
        }

        int depth = (int)Math.Min(up * 2, 120);
        return new PixelColor((byte)(200 - depth), (byte)(220 - (depth / 2)), 250);
    }

    // Degrees, 3 to 15. They come again after 13 houses, 97.5 degrees: more than most lenses see at once.
    private static double Roof(int house) => 3 + (((house * house * 5) + (house * 7)) % 13);

    private static double Turned(double degrees) => degrees - (360 * Math.Floor(degrees / 360));

    private static double FromNearest(double degrees, double every) => degrees - (every * Math.Round(degrees / every));
}
