using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Control.Responses;
using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class PanoramaTests
{
    private static readonly DeviceAngle Angles = new(360, 96, 69, 65, 10, 30);

    private readonly FakeTimeProvider _time = new();
    private readonly PtzHead _head;
    private readonly Panorama _panorama;

    public PanoramaTests()
    {
        _head = new PtzHead(Angles, _time);
        _panorama = new Panorama(_head, new CameraPictures(_head, new CameraSwitches(), _time), _time);
    }

    [Fact]
    public async Task TakeAsync_Shots_HeadStandsThereAndThePicturesDiffer()
    {
        _time.Advance(_head.MoveTo(new PtzPosition(123_456, -50_000)));

        byte[] left = await TakeAsync(new PanoramaShot(1, 2, 0, IsUpright: true));
        Assert.Equal(new PtzPosition(-1_000_000, -50_000), _head.Position);
        byte[] middle = await TakeAsync(new PanoramaShot(2, 2, 180, IsUpright: true));
        Assert.Equal(new PtzPosition(0, -50_000), _head.Position);

        Assert.Equal((640, 360), Jpeg.SizeOf(left));
        Assert.Equal((640, 360), Jpeg.SizeOf(middle));
        Assert.NotEqual(left, middle);
    }

    [Fact]
    public async Task TakeAsync_HeadIsOnTheWay_NoPictureYet()
    {
        ValueTask<ReadOnlyMemory<byte>> taking = _panorama.TakeAsync(new PanoramaShot(1, 2, 0, IsUpright: true), TestContext.Current.CancellationToken);
        _time.Advance(_head.TimeLeft - TimeSpan.FromMilliseconds(1));

        Assert.False(taking.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(0, (await taking).Length);
    }

    [Fact]
    public async Task ReturnAsync_AfterShots_HeadBackWhereItStood()
    {
        var before = new PtzPosition(123_456, -50_000);
        _time.Advance(_head.MoveTo(before));
        Assert.False(_panorama.IsTaking);
        await TakeAsync(new PanoramaShot(1, 2, 0, IsUpright: true));
        await TakeAsync(new PanoramaShot(2, 2, 90, IsUpright: true));

        ValueTask returning = _panorama.ReturnAsync(TestContext.Current.CancellationToken);
        Assert.True(_panorama.IsTaking);
        _time.Advance(_head.TimeLeft);
        await returning;

        Assert.False(_panorama.IsTaking);
        Assert.Equal(before, _head.Position);
    }

    [Fact]
    public async Task TakeAsync_Stopped_EndsAndTheHeadReturns()
    {
        using var stop = new CancellationTokenSource();
        Task taking = _panorama.TakeAsync(new PanoramaShot(1, 4, 0, IsUpright: true), stop.Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1)); // on the way to the left stop

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _panorama.ReturnAsync(stop.Token)); // nobody waits for it any more

        Assert.False(_panorama.IsTaking);
        _time.Advance(_head.TimeLeft);
        Assert.Equal(new PtzPosition(0, 0), _head.Position);
    }

    [Fact]
    public async Task ReturnAsync_NothingTaken_HeadStays()
    {
        _head.MoveTo(new PtzPosition(500_000, 0));
        await _panorama.ReturnAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new PtzPosition(500_000, 0), _head.Target);
    }

    private async Task<byte[]> TakeAsync(PanoramaShot shot)
    {
        ValueTask<ReadOnlyMemory<byte>> taking = _panorama.TakeAsync(shot, TestContext.Current.CancellationToken);
        _time.Advance(_head.TimeLeft);
        return (await taking).ToArray();
    }
}
