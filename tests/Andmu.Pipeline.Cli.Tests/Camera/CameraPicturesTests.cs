using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

/// <summary>The pictures of the simulated camera, judged by ffmpeg.</summary>
public sealed class CameraPicturesTests : IDisposable
{
    private const int Width = 640;
    private const int Height = 360;
    private const double DegreesPerPixel = 96.0 / Width;

    // The time stands below these rows.
    private const int RowsAboveTheTime = 280;

    // What quality 75 makes of one and the same scene, when its blocks lie elsewhere; other scenes differ by 20 and more.
    private const double SameScene = 5;

    private static readonly DeviceAngle Angles = new(355, 96, 69, 65, 10, 30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 34, 56, TimeSpan.Zero));
    private readonly CameraSwitches _switches = new();
    private readonly TemporaryFolder _folder = new();
    private readonly PtzHead _head;
    private readonly CameraPictures _pictures;
    private int _files;

    public CameraPicturesTests()
    {
        _head = new PtzHead(Angles, _time);
        _pictures = new CameraPictures(_head, _switches, _time);
    }

    [Theory]
    [InlineData(320, 180, "320,180")]
    [InlineData(640, 360, "640,360")]
    [InlineData(1920, 1080, "1920,1080")]
    [InlineData(333, 187, "333,187")] // no multiple of a block
    [InlineData(35, 1079, "35,1079")]
    [InlineData(0, -1, "16,16")]
    [InlineData(int.MaxValue, int.MaxValue, "1920,1080")]
    public async Task Take_Size_JpegOfThatSizeAsFarAsThereIs(int width, int height, string taken)
    {
        byte[] picture = _pictures.Take(width, height);
        string path = _folder.Write("picture.jpg", picture);

        Assert.Equal([0xFF, 0xD9], picture[^2..]); // the end marker
        Assert.NotEmpty(await Recording.SamplesAsync(path));
        Assert.Equal($"mjpeg,{taken},yuvj420p", await Recording.EntriesAsync(path, "codec_name,width,height,pix_fmt"));
    }

    [Fact]
    public async Task Take_HeadTurnedRight_SceneMovesLeft()
    {
        const int Shift = 64;
        byte[] before = await LumaAsync(At(10));
        byte[] after = await LumaAsync(At(10 + (Shift * DegreesPerPixel)));

        Assert.InRange(Difference(before, after, (x, y) => (x + Shift < Width ? x + Shift : -1, y)), 0, SameScene);
        Assert.True(Difference(before, after, static (x, y) => (x, y)) > 2 * SameScene);
    }

    [Fact]
    public async Task Take_Rotated_SceneOnItsHead()
    {
        byte[] upright = await LumaAsync(At(10));
        byte[] rotated = await LumaAsync(At(10) with { IsRotated = true });

        Assert.InRange(
            Difference(upright, rotated, static (x, y) => (Height - 1 - y < RowsAboveTheTime ? Width - 1 - x : -1, Height - 1 - y)), 0, SameScene);
        Assert.True(Difference(upright, rotated, static (x, y) => (x, y)) > 2 * SameScene);
    }

    [Fact]
    public async Task Take_ASecondLater_OnlyTheTimeDiffers()
    {
        byte[] before = await LumaAsync(At(0));
        byte[] after = await LumaAsync(At(0) with { Time = At(0).Time.AddSeconds(1) });

        int pixels = RowsAboveTheTime * Width;
        Assert.Equal(before[..pixels], after[..pixels]);
        Assert.NotEqual(before[pixels..], after[pixels..]);
    }

    [Fact]
    public async Task Take_NightVision_NoColour()
    {
        byte[] chromaByDay = (await SamplesAsync(_pictures.Take(Width, Height)))[(Width * Height)..];
        _switches.NightVision = NightVisionMode.On;
        byte[] chroma = (await SamplesAsync(_pictures.Take(Width, Height)))[(Width * Height)..];

        Assert.All(chroma, static sample => Assert.Equal(128, sample));
        Assert.True(chromaByDay.Max() - chromaByDay.Min() > 100);
    }

    [Fact]
    public void View_HeadAndSwitches_AsTheyAreNow()
    {
        _switches.IsRotated = true;
        _time.Advance(_head.MoveTo(new PtzPosition(1_000_000, 1_000_000)));

        Assert.Equal(new CameraView(177.5, 65, _time.GetUtcNow()) { IsRotated = true }, _pictures.View);
    }

    [Fact]
    public void Take_SameView_SameBytes() => Assert.Equal(_pictures.Take(Width, Height, At(5)), _pictures.Take(Width, Height, At(5)));

    public void Dispose() => _folder.Dispose();

    private CameraView At(double right) => new(right, 10, _time.GetUtcNow());

    private async Task<byte[]> LumaAsync(CameraView view) => (await SamplesAsync(_pictures.Take(Width, Height, view)))[..(Width * Height)];

    private Task<byte[]> SamplesAsync(byte[] picture) => Recording.SamplesAsync(_folder.Write($"{_files++}.jpg", picture));

    /// <summary>Mean difference of the pixels above the time; the pixel of the second picture is that of the first one at another place, or none.</summary>
    private static double Difference(byte[] first, byte[] second, Func<int, int, (int X, int Y)> placeInFirst)
    {
        long sum = 0;
        int count = 0;
        for (int y = 0; y < RowsAboveTheTime; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                (int fromX, int fromY) = placeInFirst(x, y);
                if (fromX >= 0)
                {
                    sum += Math.Abs(first[(fromY * Width) + fromX] - second[(y * Width) + x]);
                    count++;
                }
            }
        }

        return (double)sum / count;
    }
}
