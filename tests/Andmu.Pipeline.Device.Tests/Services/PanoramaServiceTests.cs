using Andmu.Pipeline.Device.Services;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Tests.Services;

public sealed class PanoramaServiceTests : IAsyncDisposable
{
    private static readonly DeviceAngle Geometry = new(90, 96, 69, 65, 10, 30);

    private readonly VirtualTime _time = new();
    private readonly RecordingLoggers _log = new();
    private readonly List<PanoramaShot> _shots = [];
    private readonly List<(string Client, int Sequence, int Count, byte[] Jpeg)> _sent = [];
    private readonly PanoramaService _service;
    private Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> _camera;
    private Func<CancellationToken, ValueTask> _return = _ => ValueTask.CompletedTask;
    private Func<bool> _send = () => true;
    private int _returns;
    private int _tries;

    public PanoramaServiceTests()
    {
        _camera = _ => new ValueTask<ReadOnlyMemory<byte>>(Jpeg.Of((byte)_shots.Count));
        _service = new PanoramaService(
            (shot, stop) =>
            {
                _shots.Add(shot);
                return _camera(stop);
            },
            stop =>
            {
                _returns++;
                return _return(stop);
            },
            Send, _time, _log);
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public void TryStart_Upright_SendsAllPicturesToTheClientAndReturnsTheHead()
    {
        Assert.True(Start());

        Assert.Equal([0, 30, 60, 90], _shots.Select(static shot => shot.Pan));
        Assert.Equal([1, 2, 3, 4], _sent.Select(static picture => picture.Sequence));
        Assert.All(_sent, static picture => Assert.Equal(("app-1", 4), (picture.Client, picture.Count)));
        Assert.Equal(Jpeg.Of(4), _sent[^1].Jpeg);
        Assert.Equal(1, _returns);
        Assert.False(_service.IsRunning);
    }

    [Fact]
    public void TryStart_Answer_ComesBeforeTheFirstPicture()
    {
        int shotsAtAnswer = -1;

        _service.TryStart("app-1", Geometry, 30, isUpright: true, _ => shotsAtAnswer = _shots.Count);

        Assert.Equal(0, shotsAtAnswer);
        Assert.NotEmpty(_shots);
    }

    [Fact]
    public void TryStart_OneRuns_IsRefused()
    {
        _camera = Never;
        Assert.True(Start());
        bool? answer = null;

        bool started = _service.TryStart("app-2", Geometry, 30, isUpright: true, outcome => answer = outcome);

        Assert.False(started);
        Assert.False(answer);
        Assert.Single(_shots);
    }

    [Fact]
    public void TryStart_AnglesThatMakeNone_IsRefusedAndTheHeadIsLeftAlone()
    {
        Assert.False(_service.TryStart("app-1", Geometry, 1, isUpright: true, static _ => { }));

        Assert.Empty(_shots);
        Assert.Equal(0, _returns);
        Assert.False(_service.IsRunning);
    }

    [Fact]
    public async Task Stop_WhileAPictureIsTaken_CancelsItAndReturnsTheHead()
    {
        _camera = Never;
        Start();

        _service.Stop();
        await Until.TrueAsync(() => !_service.IsRunning);

        Assert.Empty(_sent);
        Assert.Equal(1, _returns);
    }

    [Fact]
    public void Stop_NoneRuns_DoesNothing()
    {
        _service.Stop();

        Assert.Equal(0, _returns);
    }

    [Fact]
    public async Task TryStart_AfterStopWhileTheHeadReturns_IsRefusedUntilItIsBack()
    {
        var back = new TaskCompletionSource();
        _return = _ => new ValueTask(back.Task);
        _camera = Never;
        Start();
        _service.Stop();
        Assert.False(Start());

        back.SetResult();
        await Until.TrueAsync(() => !_service.IsRunning);

        Assert.True(Start());
    }

    [Fact]
    public void Shot_Fails_EndsItWithALogAndReturnsTheHead()
    {
        _camera = _ => _shots.Count == 3 ? throw new InvalidOperationException("stuck") : new ValueTask<ReadOnlyMemory<byte>>(Jpeg.Of(1));
        Start();

        Assert.Equal(2, _sent.Count);
        Assert.Equal(1, _returns);
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("3 of 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Shot_TakesTooLong_EndsIt()
    {
        _camera = Never;
        Start();

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, _returns);
        Assert.False(_service.IsRunning);
    }

    [Fact]
    public void Shot_TooLong_EndsIt()
    {
        _camera = _ => new ValueTask<ReadOnlyMemory<byte>>(Jpeg.Of(1, PanoramaService.MaxBytes + 1));
        Start();

        Assert.Empty(_sent);
        Assert.False(_service.IsRunning);
    }

    [Fact]
    public void Send_OutboxFull_WaitsWithTheNextShotUntilThereIsRoom()
    {
        bool full = true;
        _send = () => !full;
        Start();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(_shots);

        full = false;
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal([1, 2, 3, 4], _sent.Select(static picture => picture.Sequence));
    }

    [Fact]
    public void Send_OutboxStaysFull_IsGivenUp()
    {
        _send = static () => false;
        Start();

        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(61, _tries);
        Assert.Single(_shots);
        Assert.Equal(1, _returns);
    }

    [Fact]
    public void Send_MessageTooLong_EndsIt()
    {
        _send = static () => throw new ArgumentException("too long");
        Start();

        Assert.Equal(1, _returns);
        Assert.False(_service.IsRunning);
    }

    [Fact]
    public void ReturnHead_Hangs_IsGivenUpAndTheNextPanoramaTaken()
    {
        _return = static _ => new ValueTask(new TaskCompletionSource().Task);
        Start();
        Assert.True(_service.IsRunning);

        _time.Advance(TimeSpan.FromSeconds(30));
        _return = static _ => ValueTask.CompletedTask;

        Assert.True(Start());
    }

    [Fact]
    public async Task DisposeAsync_WhileAPictureIsTaken_ReturnsTheHead()
    {
        _camera = Never;
        Start();

        await _service.DisposeAsync();

        Assert.Equal(1, _returns);
    }

    private bool Start() => _service.TryStart("app-1", Geometry, 30, isUpright: true, static _ => { });

    /// <summary>A camera that gives no picture, and ends at once when it is cancelled: Task.Delay would end later, on another thread.</summary>
    private static ValueTask<ReadOnlyMemory<byte>> Never(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return new ValueTask<ReadOnlyMemory<byte>>(never.Task);
    }

    private bool Send(PanoramaImage picture)
    {
        _tries++;
        if (!_send())
        {
            return false;
        }

        _sent.Add((picture.Client, picture.Sequence, picture.Count, picture.Jpeg.ToArray()));
        return true;
    }
}
