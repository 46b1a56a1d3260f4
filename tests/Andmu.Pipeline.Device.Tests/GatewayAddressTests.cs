using System.Net;
using Andmu.Pipeline.Device.Tests.Doubles;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Device.Tests;

public sealed class GatewayAddressTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Restart_AddressCached_IsUsedWithoutAsking()
    {
        await _world.LiveOnceAsync();

        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(1, _world.Platform.Count(FakePlatform.Address));
        Assert.Equal(2, _world.Gateway.Dialled.Count);
    }

    [Fact]
    public async Task Restart_AddressTooOld_AsksThePlatform()
    {
        await _world.LiveOnceAsync();
        _world.Time.Advance(TimeSpan.FromHours(12));

        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
    }

    [Fact]
    public async Task Restart_NoCachedGatewayConnects_AsksThePlatform()
    {
        await _world.LiveOnceAsync();
        _world.Gateway.Down.Add("gateway.example");
        _world.Platform.Host = "second.example";

        await _world.StartAsync();
        await _world.PassUplinkPauseAsync();
        await _world.OnlineAsync();

        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
        Assert.Equal(["gateway.example", "gateway.example", "second.example"], _world.Gateway.Dialled.Select(static gateway => gateway.Host));
    }

    [Fact]
    public async Task Restart_GatewayAndOpenApiDown_GatewayAloneComingBackIsEnough()
    {
        await _world.LiveOnceAsync();
        _world.Gateway.Down.Add("gateway.example");
        _world.Platform.Script(FakePlatform.Address, FakePlatform.Unreachable, FakePlatform.Unreachable);
        await _world.StartAsync();
        await _world.WhenAsync(static step => step.Uplink?.State == UplinkState.Waiting);

        _world.Gateway.Down.Clear();
        await _world.PassUplinkPauseAsync();
        await _world.OnlineAsync();

        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
    }

    [Fact]
    public async Task Start_NoAddressToBeHad_IsAskedForUntilThereIsOne()
    {
        _world.Platform.Script(FakePlatform.Address, FakePlatform.Status(HttpStatusCode.NotFound), FakePlatform.Refuse("80000"), FakePlatform.Unreachable);

        await _world.StartAsync();
        for (int pause = 1; pause <= 3; pause++)
        {
            await _world.PassUplinkPauseAsync(pause);
        }

        await _world.OnlineAsync();
        Assert.All(
            _world.Progress.Select(static entry => entry.Progress.Uplink?.Fault).OfType<UplinkFault>(),
            static fault => Assert.Equal(UplinkFaultKind.NoEndpoint, fault.Kind));
    }

    [Fact]
    public async Task FailedLogin_ThenOpenApiDown_DoesNotFallBackToTheGatewayThatRefused()
    {
        await _world.LiveOnceAsync();
        _world.Gateway.Script(FakeGateway.Refused(2001));
        _world.Platform.Script(FakePlatform.Address, FakePlatform.Unreachable);

        await _world.StartAsync();
        await _world.PassUplinkPauseAsync(1);
        await _world.WhenAsync(static step => step.Uplink?.Fault?.Kind == UplinkFaultKind.NoEndpoint);
        Assert.Equal(2, _world.Gateway.Dialled.Count);

        await _world.PassUplinkPauseAsync(2);
        await _world.OnlineAsync();
        Assert.Equal(3, _world.Platform.Count(FakePlatform.Address));
    }

    [Fact]
    public async Task NotAdmitted_RestartBeforeTheWaitIsOver_AsksForAnotherAddress()
    {
        _world.Gateway.Script(FakeGateway.Refused(2008));
        AndmuDevice device = await _world.StartAsync();
        await _world.WhenAsync(static step => step.Uplink?.Fault?.Kind == UplinkFaultKind.NotAdmitted);
        await device.DisposeAsync();

        await _world.StartAsync();
        await _world.OnlineAsync();

        Assert.Equal(2, _world.Platform.Count(FakePlatform.Address));
    }
}
