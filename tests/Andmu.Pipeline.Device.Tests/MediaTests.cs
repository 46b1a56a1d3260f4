using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests;

public sealed class MediaTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Video_WrittenBeforeTheStart_IsDelivered()
    {
        AndmuDevice device = _world.Create();
        Assert.Equal(WriteResult.Written, device.Video.TryWrite(Picture.Key, TimeSpan.Zero));

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
