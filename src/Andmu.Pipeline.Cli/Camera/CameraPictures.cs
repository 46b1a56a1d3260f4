using System.Globalization;
using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>The pictures of a simulated camera: JPEGs of a landscape that is drawn as seen from its head, with the time in the corner. Any thread;
/// takes some ms a picture, and 6 MB for the largest while it does.</summary>
/// <param name="head">Where the lens looks, and how much it sees.</param>
/// <param name="switches">Whether the picture is turned, and without colour.</param>
/// <param name="time">The clock that is shown.</param>
internal sealed class CameraPictures(PtzHead head, CameraSwitches switches, TimeProvider time)
{
    /// <summary>The largest picture: what the sensor has.</summary>
    public const int MaxWidth = 1920;

    /// <inheritdoc cref="MaxWidth"/>
    public const int MaxHeight = 1080;

    /// <summary>The smallest side: a block of JPEG with halved colours.</summary>
    public const int MinSide = 16;

    // The time takes up so much of the picture's width and height, at most.
    private const int TimeWidthParts = 3;
    private const int TimeHeightParts = 6;

    /// <summary>What a picture would show now. In this landscape it is never dark: night vision that goes by the light stays off.</summary>
    public CameraView View
    {
        get
        {
            (double right, double up) = head.Bearing(head.Position);
            return new CameraView(right, up, time.GetLocalNow())
            {
                IsRotated = switches.IsRotated,
                IsInfrared = switches.NightVision == NightVisionMode.On,
            };
        }
    }

    /// <summary>Takes a picture of what there is to be seen now. Sizes as below.</summary>
    public byte[] Take(int width, int height) => Take(width, height, View);

    /// <summary>Takes a picture.</summary>
    /// <param name="width">Pixels, as asked for by whomever: what the sensor cannot do is taken as the nearest that it can.</param>
    /// <param name="height">Pixels, likewise.</param>
    /// <param name="view">What it shows.</param>
    public byte[] Take(int width, int height, in CameraView view)
    {
        var picture = new PixelBuffer(Math.Clamp(width, MinSide, MaxWidth), Math.Clamp(height, MinSide, MaxHeight));
        DrawLandscape(picture, view);
        DrawTime(picture, view.Time);
        return JpegPicture.Encode(picture);
    }

    private void DrawLandscape(PixelBuffer picture, in CameraView view)
    {
        double perColumn = (double)head.Angles.HorizontalFieldOfView / picture.Width;
        double perRow = (double)head.Angles.VerticalFieldOfView / picture.Height;
        double sign = view.IsRotated ? -1 : 1;
        for (int y = 0; y < picture.Height; y++)
        {
            double up = view.Up - (sign * perRow * (y + 0.5 - (picture.Height / 2.0)));
            for (int x = 0; x < picture.Width; x++)
            {
                double right = view.Right + (sign * perColumn * (x + 0.5 - (picture.Width / 2.0)));
                PixelColor color = Landscape.At(right, up, perColumn);
                picture[x, y] = view.IsInfrared ? color.Grey : color;
            }
        }
    }

    private static void DrawTime(PixelBuffer picture, DateTimeOffset time)
    {
        string text = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        int stroke = Math.Max(1, Math.Min(
            picture.Width / (TimeWidthParts * SevenSegments.WidthOf(text, 1)),
            picture.Height / (TimeHeightParts * SevenSegments.HeightOf(1))));
        SevenSegments.Draw(picture, text, stroke, picture.Height - SevenSegments.HeightOf(stroke) - stroke, stroke);
    }
}
