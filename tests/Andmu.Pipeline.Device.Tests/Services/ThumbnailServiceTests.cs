using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Messages;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class ThumbnailServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    private readonly VirtualTime _time = new();
    private readonly RecordingLoggers _log = new();
    private readonly List<ThumbnailRequest> _asked = [];
    private readonly List<byte[]> _sent = [];
    private readonly ThumbnailService _service;
    private Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> _camera;
    private bool _maySend = true;

    public ThumbnailServiceTests()
    {
        _camera = _ => Picture(Jpeg.Of((byte)_asked.Count));
        _service = new ThumbnailService(
            (request, stop) =>
            {
                _asked.Add(request);
                return _camera(stop);
            },
            () => _maySend, Send, _time, _log);
    }

    private int Warnings => _log.Lines.Count(static line => line.Level >= LogLevel.Warning);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public void OnRequested_WithSpan_SendsTheFirstAtOnceAndOneEverySpan()
    {
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        Assert.Equal([Jpeg.Of(1)], _sent);

        _time.Advance(Span - TimeSpan.FromTicks(1));
        Assert.Single(_sent);
        _time.Advance(TimeSpan.FromTicks(1));
        _time.Advance(Span);

        Assert.Equal([Jpeg.Of(1), Jpeg.Of(2), Jpeg.Of(3)], _sent);
        Assert.All(_asked, static request => Assert.Equal(new ThumbnailRequest(Span, 320, 180), request));
    }

    [Fact]
    public void OnRequested_SpanZero_Stops()
    {
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));

        _service.OnRequested(default);
        _time.Advance(Span * 10);

        Assert.Single(_sent);
    }

    [Fact]
    public void OnRequested_Anew_ReplacesTheOldOne()
    {
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        _time.Advance(TimeSpan.FromSeconds(30));

        _service.OnRequested(new ThumbnailRequest(Span / 2, 640, 360));
        Assert.Equal(2, _sent.Count);
        _time.Advance(Span / 2);

        Assert.Equal(3, _sent.Count);
        Assert.Equal(640, _asked[^1].Width);
    }

    [Fact]
    public void OnRequested_Flood_AsksTheHostOnceASecond()
    {
        for (int i = 0; i < 1000; i++)
        {
            _service.OnRequested(new ThumbnailRequest(TimeSpan.FromSeconds(1 + (i % 3)), i, i));
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(_asked.Count, 1, 11);
    }

    [Fact]
    public void OnRequested_SpanOfOneTick_IsOneSecond()
    {
        _service.OnRequested(new ThumbnailRequest(TimeSpan.FromTicks(1), 1, 1));

        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(11, _asked.Count);
    }

    [Fact]
    public void OnRequested_FourBillionPixelsAndSeconds_AreBounded()
    {
        _service.OnRequested(new ThumbnailRequest(TimeSpan.FromSeconds(uint.MaxValue), unchecked((int)4_000_000_000), int.MaxValue));
        _time.Advance(TimeSpan.FromDays(400));

        ThumbnailRequest asked = Assert.Single(_asked);
        Assert.Equal((1920, 1080), (asked.Width, asked.Height));
        Assert.Equal(TimeSpan.FromSeconds(uint.MaxValue), asked.Span);
    }

    [Fact]
    public void Due_OfflineOrOff_TakesNothingUntilItMaySend()
    {
        _maySend = false;
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        _time.Advance(Span * 3.5);
        Assert.Empty(_asked);

        _maySend = true;
        _service.OnMaySend();
        Assert.Single(_sent);
        _service.OnMaySend(); // a link that flaps is no reason for more
        _time.Advance(Span);

        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Due_OnlineAgainAfterARequest_GoesOnWithoutANewOne()
    {
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        _maySend = false;
        _time.Advance(Span);
        _maySend = true;
        _time.Advance(Span);

        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Due_CallbackStillRuns_IsNeverCalledTwiceAtOnce()
    {
        var slow = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        _camera = _ => new ValueTask<ReadOnlyMemory<byte>>(slow.Task); // heeds no token
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, Warnings);
        _time.Advance(Span * 5);
        Assert.Single(_asked);

        slow.SetResult(Jpeg.Of(9));
        _camera = _ => Picture(Jpeg.Of(2));
        _time.Advance(Span);

        Assert.Equal([Jpeg.Of(2)], _sent); // what came too late is not sent
        Assert.Equal(1, Warnings);
    }

    [Fact]
    public void Due_CallbackHeedsItsToken_IsCancelledAfterASpan()
    {
        bool cancelled = false;
        _camera = async stop =>
        {
            _ = stop.Register(() => Volatile.Write(ref cancelled, true)); // for good: the delay below may end sooner, on another thread
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
            return default;
        };
        _service.OnRequested(new ThumbnailRequest(TimeSpan.FromSeconds(5), 320, 180));

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(cancelled);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(cancelled);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xD9 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 1, 2, 3 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0xFF, 0xD9 })]
    public void Due_NoJpeg_IsRefusedAndLoggedOnceUntilThereIsOneAgain(byte[] picture)
    {
        _camera = _ => Picture(picture);
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        _time.Advance(Span);
        _time.Advance(Span);
        Assert.Equal(1, Warnings);

        _camera = _ => Picture(Jpeg.Of(1));
        _time.Advance(Span);
        Assert.Equal([Jpeg.Of(1)], _sent);

        _camera = _ => throw new InvalidOperationException("broken");
        _time.Advance(Span);
        _time.Advance(Span);

        Assert.Equal(2, Warnings);
        Assert.Single(_sent);
    }

    [Fact]
    public void Due_TooLong_IsRefused()
    {
        _camera = _ => Picture(Jpeg.Of(1, ThumbnailService.MaxBytes + 1));
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        Assert.Equal(1, Warnings);

        _camera = _ => Picture(Jpeg.Of(1, ThumbnailService.MaxBytes));
        _time.Advance(Span);

        Assert.Equal(ThumbnailService.MaxBytes, Assert.Single(_sent).Length);
    }

    [Fact]
    public void OnRequested_StopWhileThePictureIsTaken_SendsNothing()
    {
        var slow = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        _camera = _ => new ValueTask<ReadOnlyMemory<byte>>(slow.Task);
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));

        _service.OnRequested(default);
        slow.SetResult(Jpeg.Of(1));
        _time.Advance(Span * 2);

        Assert.Single(_asked);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task DisposeAsync_CallbackRuns_CancelsItAndEndsWithIt()
    {
        _camera = async stop =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
            return default;
        };
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));

        await _service.DisposeAsync();
        _service.OnRequested(new ThumbnailRequest(Span, 320, 180));
        _time.Advance(Span);

        Assert.Single(_asked);
        Assert.Equal(0, Warnings);
    }

    private static ValueTask<ReadOnlyMemory<byte>> Picture(byte[] picture) => new(picture);

    private bool Send(ReadOnlyMemory<byte> picture)
    {
        _sent.Add(picture.ToArray());
        return true;
    }
}
