using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>Whose certificates a host has packages fetched from, by its options alone.</summary>
public sealed class TrustTests : IAsyncDisposable
{
    private readonly FirmwareWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Start_NeitherClientNorRoots_TrustsTheSystemsOnly()
    {
        await _world.RunAsync(_world.Options with { HttpClient = null });
        _world.AssertRefused("No connection to a verified server");
        Assert.Empty(_world.Server.Requests);
    }

    [Fact]
    public async Task Start_Roots_TrustsThem()
    {
        await _world.RunAsync(_world.Options with { HttpClient = null, TrustedRoots = PackageServer.Roots });
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Start_ClientAndRoots_IsTheClientsTrust()
    {
        using var http = new HttpClient(FirmwareHttp.CreateHandler());
        await _world.RunAsync(_world.Options with { HttpClient = http, TrustedRoots = PackageServer.Roots });
        _world.AssertRefused("No connection to a verified server");
        Assert.Empty(_world.Server.Requests);
    }

    [Fact]
    public async Task Dispose_HostsClient_IsNotDisposedOf()
    {
        using var http = new HttpClient(FirmwareHttp.CreateHandler(PackageServer.Roots));
        await (await _world.RunAsync(_world.Options with { HttpClient = http })).DisposeAsync();
        Assert.Equal(FirmwareWorld.Package, await http.GetByteArrayAsync(new Uri(_world.Url), TestContext.Current.CancellationToken));
        Assert.Equal(FirmwareStage.Installing, _world.Last.Stage);
    }
}
