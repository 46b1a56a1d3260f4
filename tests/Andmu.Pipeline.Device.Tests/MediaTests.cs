using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests;

public sealed class MediaTests : IAsyncDisposable
{
    // Main profile, level 3.1, 1280x720, 25 frames a second; then an IDR slice that is a header and some bytes.
    private static readonly byte[] KeyFrame = Convert.FromHexString(
        "00000001674D401FD9805005BB0110000003001000000303" + "28F1832680" + "0000000168E9732C80" + "0000000165" + "8884010203040506070809");

    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Video_WrittenBeforeTheStart_IsDelivered()
    {
        AndmuDevice device = _world.Create();
        Assert.Equal(WriteResult.Written, device.Video.TryWrite(KeyFrame, TimeSpan.Zero));

        await World.StartAsync(device);

        Assert.True(await device.DrainAsync().WaitAsync(Signal.Patience));
        Assert.Equal([3u, 2u], _world.Gateway.Media.Select(static package => package.PackageType));
    }

    [Fact]
    public async Task DrainAsync_NotStarted_Throws()
    {
        AndmuDevice device = _world.Create();

        await Assert.ThrowsAsync<InvalidOperationException>(() => device.DrainAsync());
    }

    [Fact]
    public async Task DrainAsync_DeviceEnds_GivesFalse()
    {
        _world.Gateway.Script(FakeGateway.Refused(2008));
        AndmuDevice device = await _world.StartAsync();
        Task<bool> drain = device.DrainAsync();

        await device.StopAsync().WaitAsync(Signal.Patience);

        Assert.False(await drain.WaitAsync(Signal.Patience));
    }

    [Fact]
    public async Task TryReportEvent_NotRegistered_IsFalse()
    {
        await using AndmuDevice device = _world.Create();

        Assert.False(device.TryReportEvent(DeviceEventType.Motion, started: true));
    }

    [Fact]
    public async Task TryReportEvent_WithoutATime_HasThePlatformsTime()
    {
        DateTimeOffset server = VirtualTime.Epoch.AddMinutes(4);
        _world.Gateway.Script(FakeGateway.AcceptedAt(server));
        AndmuDevice device = await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: true));
        Assert.True(device.TryReportEvent(DeviceEventType.Motion, started: false, VirtualTime.Epoch));

        await _world.Gateway.WhenAsync(static gateway => gateway.Events.Count == 2);
        Assert.Equal(
            [(1u, 1u, server), (1u, 0u, VirtualTime.Epoch)],
            _world.Gateway.Events.Select(static report => (report.Type, report.Status, DateTimeOffset.FromUnixTimeMilliseconds((long)report.IpcamTime))));
    }

    [Fact]
    public async Task ConnectionBreaks_ComesBackWithoutTheOpenApi()
    {
        await _world.StartAsync();
        await _world.OnlineAsync();
        int calls = _world.Platform.Calls.Count;

        _world.Gateway.Break();
        await _world.PassUplinkPauseAsync();
        await _world.OnlineAsync(2);

        Assert.Equal(calls, _world.Platform.Calls.Count);
    }
}
