using System.Text.Json;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

/// <summary>What a device gets of the simulated camera.</summary>
public sealed class SimulatedCameraTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _said = [];
    private readonly SimulatedCamera _camera;
    private readonly DeviceControlOptions _control;

    public SimulatedCameraTests()
    {
        _camera = new SimulatedCamera(null, new CameraSpeaker(_time), _said.Add, _time, new Random(1));
        _control = _camera.ToControlOptions(null);
    }

    [Fact]
    public void ToControlOptions_EveryCallback_Set()
    {
        Assert.NotNull(_control.Thumbnail);
        Assert.NotNull(_control.Panorama?.Take);
        Assert.NotNull(_control.Panorama.ReturnHead);
        Assert.NotNull(_control.PersonCounter);
        Assert.NotNull(_control.TalkBack);
        Assert.NotNull(_control.TalkBackEnded);
        Assert.NotNull(_control.SelfDefinedStatistics);
        Assert.Equal(TalkBackFormat.ALaw, _control.TalkBackOptions.Format);
    }

    [Theory]
    [InlineData(320, 180, 320, 180)]
    [InlineData(640, 480, 640, 480)]
    [InlineData(1920, 1080, 1920, 1080)]
    [InlineData(0, 0, 320, 180)] // the platform does not say
    [InlineData(640, 0, 640, 360)]
    [InlineData(0, 90, 160, 90)]
    [InlineData(int.MaxValue, 0, 1920, 1080)]
    [InlineData(0, int.MaxValue, 1920, 1080)]
    [InlineData(int.MinValue, -1, 320, 180)]
    [InlineData(1, 1, 16, 16)]
    public async Task Thumbnail_Size_JpegOfThatSize(int width, int height, int takenWidth, int takenHeight)
    {
        var request = new ThumbnailRequest(TimeSpan.FromSeconds(10), width, height);

        ReadOnlyMemory<byte> picture = await _control.Thumbnail!(request, TestContext.Current.CancellationToken);

        Assert.Equal((takenWidth, takenHeight), Jpeg.SizeOf(picture.Span));
        Assert.InRange(picture.Length, 1, 1 << 20); // what a device passes on
        Assert.Equal([$"picture: a thumbnail of {picture.Length} bytes"], _said);
    }

    [Fact]
    public async Task Panorama_TwoShots_JpegsOfItsSizeAndTheHeadReturns()
    {
        _time.Advance(_camera.Head.MoveTo(new PtzPosition(500_000, 100_000)));

        byte[] first = await TakeAsync(new PanoramaShot(1, 2, 0, IsUpright: true));
        byte[] second = await TakeAsync(new PanoramaShot(2, 2, 355, IsUpright: true));
        ValueTask returning = _control.Panorama!.ReturnHead!(TestContext.Current.CancellationToken);
        _time.Advance(_camera.Head.TimeLeft);
        await returning;

        Assert.All([first, second], static picture =>
        {
            Assert.Equal((Panorama.Width, Panorama.Height), Jpeg.SizeOf(picture));
            Assert.InRange(picture.Length, 1, 512 << 10); // what a device passes on
        });
        Assert.Equal(
            ["panorama: picture 1 of 2 at 0 degrees", "panorama: picture 2 of 2 at 355 degrees", "panorama: ended, head back at pan 500000 tilt 100000"], _said);
    }

    [Fact]
    public void PersonCounter_TimeHasPassed_CountsAndSaysSo()
    {
        _time.Advance(TimeSpan.FromMinutes(100));

        PersonCounts counts = _control.PersonCounter!();

        Assert.NotEqual(default, counts);
        Assert.Equal([$"persons: {counts.BottomToTop} up, {counts.TopToBottom} down"], _said);
    }

    [Fact]
    public void TalkBack_TwoTalks_EachSaidByItself()
    {
        for (int talk = 0; talk < 2; talk++)
        {
            for (int pack = 0; pack < 25; pack++)
            {
                _camera.Hear(new byte[320], isFirst: pack == 0);
                _time.Advance(TimeSpan.FromMilliseconds(40));
            }

            _control.TalkBackEnded!();
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(["talk: somebody speaks", "talk: ended, 1.0 s, 0 gaps", "talk: somebody speaks", "talk: ended, 1.0 s, 0 gaps"], _said);
    }

    [Fact]
    public void TalkBack_Recorded_InTheFile()
    {
        var content = new MemoryStream();
        using (var recording = new WavFile(content))
        {
            var camera = new SimulatedCamera(null, new CameraSpeaker(_time, recording), _said.Add, _time, new Random(1));
            camera.Hear([1, 2, 3, 4], isFirst: true);
        }

        Assert.Equal([1, 2, 3, 4], content.ToArray()[^4..]);
    }

    [Fact]
    public void OnStarted_Card_Told()
    {
        var told = new List<CameraStatusUpdate>();
        _camera.StatusChanged += told.Add;

        _camera.OnStarted();

        Assert.Equal([new CameraStatusUpdate { SdCardStatus = SdCardStatus.Normal }], told);
    }

    [Fact]
    public void SelfDefinedStatistics_Json_AsTheHardwareIs()
    {
        _camera.Card.Record(1000);

        using JsonDocument own = JsonDocument.Parse(_control.SelfDefinedStatistics!()!);

        Assert.Equal(32_000_000_000 - 32768 - 1000, own.RootElement.GetProperty("sdcardRemain").GetInt64());
        Assert.Equal(5, own.RootElement.GetProperty("wifiSignal").GetInt32());
    }

    private async Task<byte[]> TakeAsync(PanoramaShot shot)
    {
        ValueTask<ReadOnlyMemory<byte>> taking = _control.Panorama!.Take(shot, TestContext.Current.CancellationToken);
        _time.Advance(_camera.Head.TimeLeft);
        return (await taking).ToArray();
    }
}
