using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class PanoramaTests : IDisposable
{
    private static readonly DeviceAngle Angles = new(355, 96, 69, 65, 10, 30);

    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private readonly PtzHead _head;
    private readonly Panorama _panorama;

    public PanoramaTests()
    {
        _head = new PtzHead(Angles, _time);
        _panorama = new Panorama(_head, new CameraPictures(_head, new CameraSwitches(), _time), _time);
    }

    [Theory]
    [InlineData(355, 30, 12)] // a full circle
    [InlineData(355, 90, 4)]
    [InlineData(355, 360, 1)]
    [InlineData(100, 30, 5)] // from stop to stop: 0, 30, 60, 90, 100
    [InlineData(90, 30, 4)]
    [InlineData(355, 1, 356)]
    [InlineData(355, 0, 12)] // the device's own angle
    [InlineData(355, -7, 12)]
    [InlineData(355, int.MaxValue, 12)]
    [InlineData(0, 30, 2)]
    public void Pans_Angle_AsManyAsItTakes(int rotation, int degrees, int count)
    {
        IReadOnlyList<int> pans = Panorama.Pans(Angles with { MaxRotation = rotation }, degrees, upright: true);

        Assert.Equal(count, pans.Count);
        Assert.Equal(-1_000_000, pans[0]);
        Assert.All(pans, static pan => Assert.InRange(pan, -1_000_000, 1_000_000));
        Assert.Equal(pans.Order(), pans);
    }

    [Fact]
    public void Pans_DeviceWithoutAnAngle_ADegree() =>
        Assert.Equal(360, Panorama.Pans(new DeviceAngle(int.MaxValue, 0, 0, 0, 0, 0), 0, upright: true).Count);

    [Fact]
    public void Pans_Hanging_FromRightToLeft() =>
        Assert.Equal(
            Panorama.Pans(Angles, 30, upright: true).Select(static pan => -pan),
            Panorama.Pans(Angles, 30, upright: false));

    [Fact]
    public async Task TakeAsync_ToTheEnd_PicturesInOrderAndTheHeadReturns()
    {
        var before = new PtzPosition(123_456, -50_000);
        _time.Advance(_head.MoveTo(before));
        var shots = new List<PanoramaShot>();
        Task taking = TakeAsync(shots, CancellationToken.None);
        await AdvanceUntilAsync(taking);

        Assert.Equal([1, 2, 3, 4], shots.Select(static shot => shot.Sequence));
        Assert.All(shots, static shot => Assert.Equal(4, shot.Count));
        Assert.Equal(4, shots.Select(static shot => Convert.ToHexString(shot.Picture.Span)).Distinct().Count());
        Assert.Equal("640,360", await Recording.EntriesAsync(_folder.Write("shot.jpg", shots[3].Picture.Span), "width,height"));
        _time.Advance(_head.TimeLeft);
        Assert.Equal(before, _head.Position);
    }

    [Fact]
    public async Task TakeAsync_Stopped_EndsAndTheHeadReturns()
    {
        using var stop = new CancellationTokenSource();
        var shots = new List<PanoramaShot>();
        Task taking = TakeAsync(shots, stop.Token);
        _time.Advance(TimeSpan.FromSeconds(1)); // on the way to the left stop
        Assert.NotEqual(default, _head.Position);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        Assert.Empty(shots);
        _time.Advance(_head.TimeLeft);
        Assert.Equal(default, _head.Position);
    }

    public void Dispose() => _folder.Dispose();

    private async Task TakeAsync(List<PanoramaShot> shots, CancellationToken cancellationToken)
    {
        await foreach (PanoramaShot shot in _panorama.TakeAsync(90, upright: true, cancellationToken))
        {
            shots.Add(shot);
        }
    }

    // A picture is taken on the thread that moves the clock, or on one that it wakes: the clock goes on while there is something to wait for.
    private async Task AdvanceUntilAsync(Task taking)
    {
        while (!taking.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await taking;
    }
}
