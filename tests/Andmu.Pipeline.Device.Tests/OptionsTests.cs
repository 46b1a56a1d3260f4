using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Device.Tests.Doubles;

namespace Andmu.Pipeline.Device.Tests;

public sealed class OptionsTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Constructor_BlankModel_Throws()
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => _world.Create(_world.Options with { DeviceModelId = " " }));

        Assert.Equal("DeviceModelId", error.ParamName);
    }

    [Fact]
    public void Constructor_UserTokenTooLong_ThrowsWithoutIt()
    {
        string token = new('x', 2000);

        var error = Assert.ThrowsAny<ArgumentException>(() => _world.Create(_world.Options with { UserToken = token }));

        Assert.DoesNotContain("xxx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_BufferOutOfRange_Throws() =>
        Assert.ThrowsAny<ArgumentException>(() => _world.Create(_world.Options with { Buffer = new MediaBufferOptions { CapacityBytes = 1 } }));

    [Fact]
    public void Timeouts_NotPositive_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>("ConnectTimeout", () => _world.Options with { ConnectTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>("LoginTimeout", () => _world.Options with { LoginTimeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>("CloseTimeout", () => _world.Options with { CloseTimeout = TimeSpan.Zero });
    }

    [Fact]
    public async Task Constructor_WithoutAnHttpClient_MakesOneThatVerifies()
    {
        await using var device = new AndmuDevice(_world.Options with { StateDirectory = null });

        Assert.NotNull(device.Video.VideoCodec);
    }

    [Fact]
    public void Constructor_NoTrustedRootAtAll_Throws() =>
        Assert.Throws<ArgumentException>(() => new AndmuDevice(_world.Options with { Tls = new() { TrustedRoots = [] } }));
}
