using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>Where a package may come from: what a command says, and where its server redirects to.</summary>
public sealed class AddressTests : IAsyncDisposable
{
    private readonly FirmwareWorld _world = new();
    private readonly PackageServer _other = new(FirmwareWorld.Package);

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData("", "not an https address")]
    [InlineData("x.enc", "not an https address")]
    [InlineData("/etc/passwd", "not an https address")]
    [InlineData("file:///etc/passwd", "not an https address")]
    [InlineData("FILE:/etc/passwd", "not an https address")]
    [InlineData("file://127.0.0.1/etc/passwd", "not an https address")]
    [InlineData("//127.0.0.1/etc/passwd", "not an https address")]
    [InlineData("\\\\127.0.0.1\\etc\\passwd", "not an https address")]
    [InlineData("data:,x", "not an https address")]
    [InlineData("https://b%C3%BCcher.example/x", "not an https address")]
    [InlineData("https://-x.example/x", "not an https address")]
    [InlineData("ftp://127.0.0.1/x", "not an https address")]
    [InlineData("http://127.0.0.1/x?sign=CANARY-signature", "plain http")]
    [InlineData("https://user:CANARY-signature@127.0.0.1/x", "credentials")]
    [InlineData("https://CANARY-signature@127.0.0.1/x", "credentials")]
    [InlineData("https://127.0.0.1:443@localhost/x", "credentials")]
    public async Task Start_AddressThatIsNone_IsRefused(string url, string why)
    {
        await _world.RunAsync(request: _world.Request with { Url = url });
        _world.AssertRefused(why);
        Assert.Equal([FirmwareStage.DownloadFailed], _world.Stages);
    }

    [Fact]
    public async Task Start_AddressWithoutEnd_IsRefused()
    {
        await _world.RunAsync(request: _world.Request with { Url = _world.Url + new string('x', 8000) });
        _world.AssertRefused("not an https address");
    }

    [Fact]
    public async Task Start_HostNotAllowed_IsRefused()
    {
        await _world.RunAsync(_world.Options with { AllowedHosts = ["packages.example"] });
        _world.AssertRefused("127.0.0.1 is not a host for packages");
        Assert.Empty(_world.Server.Requests);
    }

    [Fact]
    public async Task Start_HostAllowedInOtherCase_IsInstalled()
    {
        string url = _world.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await _world.RunAsync(_world.Options with { AllowedHosts = ["packages.example", "LocalHost"] }, _world.Request with { Url = url });
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Start_PlainHttpAllowedByName_IsInstalled()
    {
        await using var world = new FirmwareWorld(plain: true);
        string url = world.Url.Replace("https", "http", StringComparison.Ordinal);
        await world.RunAsync(world.Options with { AllowPlainHttp = true }, world.Request with { Url = url });
        world.AssertInstalledRight();
    }

    [Theory]
    [InlineData("/../../../../etc/cron.d/x")]
    [InlineData("/%2e%2e/%2e%2e/firmware.part")]
    [InlineData("/..%2f..%2fupgrade.json")]
    [InlineData("/x%00.enc")]
    public async Task Start_PathThatClimbs_IsNoPathOnTheDevice(string path)
    {
        string[] before = Directory.GetFileSystemEntries(_world.Root);
        await _world.RunAsync(request: _world.Request with { Url = $"https://127.0.0.1:{_world.Server.Port}{path}" });

        _world.AssertInstalledRight();
        Assert.Equal([.. before, _world.Staging, _world.State], Directory.GetFileSystemEntries(_world.Root).Order());
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task Redirect_SameHost_IsFollowed(string status)
    {
        _world.Server.Script(PackageServer.Redirect($"https://127.0.0.1:{_other.Port}/x?sign={FirmwareWorld.Secret}", status));
        await _world.RunAsync();
        _world.AssertInstalledRight();
        Assert.Single(_other.Requests);
    }

    [Fact]
    public async Task Redirect_Relative_IsFollowed()
    {
        _world.Server.Script(PackageServer.Redirect("../y"));
        await _world.RunAsync();
        _world.AssertInstalledRight();
        Assert.StartsWith("GET /Device/y HTTP", _world.Server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_OtherPortWithoutScheme_IsFollowed()
    {
        _world.Server.Script(PackageServer.Redirect($"//127.0.0.1:{_other.Port}/x"));
        await _world.RunAsync();
        _world.AssertInstalledRight();
        Assert.Single(_other.Requests);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1.example")]
    public async Task Redirect_SamePortOfAnotherHost_IsRefused(string host)
    {
        _world.Server.Script(PackageServer.Redirect($"https://{host}:{_world.Server.Port}/x"));
        await _world.RunAsync();
        _world.AssertRefused("which is not a host for packages");
        Assert.Single(_world.Server.Requests);
    }

    [Fact]
    public async Task Redirect_AllowedHost_IsFollowed()
    {
        _world.Server.Script(PackageServer.Redirect($"https://localhost:{_other.Port}/x"));
        await _world.RunAsync(_world.Options with { AllowedHosts = ["127.0.0.1", "localhost"] });
        _world.AssertInstalledRight();
        Assert.Single(_other.Requests);
    }

    [Fact]
    public async Task Redirect_AfterACut_IsAskedForAgain()
    {
        // A redirect's signature may be over by then, so the command's own address is where every try starts.
        string target = $"https://127.0.0.1:{_other.Port}/x";
        _other.Script(PackageServer.Cut(1000));
        _world.Server.Script(PackageServer.Redirect(target), PackageServer.Redirect(target));
        await _world.RunAsync(pauses: 1);
        _world.AssertInstalledRight();
        Assert.Equal([null, 1000], _other.Requests.Select(PackageServer.Offset));
        Assert.Equal(2, _world.Server.Requests.Count);
    }

    [Fact]
    public async Task Redirect_ForeignHost_IsRefused()
    {
        _world.Server.Script(PackageServer.Redirect($"https://localhost:{_other.Port}/x?sign={FirmwareWorld.Secret}"));
        await _world.RunAsync();
        _world.AssertRefused("redirects to localhost, which is not a host for packages");
        Assert.Empty(_other.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1/x?sign=CANARY-signature", "redirects to http, not to https")]
    [InlineData("file:///etc/passwd", "redirects to file, not to https")]
    [InlineData("https://user:CANARY-signature@127.0.0.1/x", "redirects to an address with credentials")]
    [InlineData("https://CANARY-signature@127.0.0.1/x", "redirects to an address with credentials")]
    [InlineData("https://127.0.0.1:443@localhost/x", "redirects to an address with credentials")]
    [InlineData("https://%75ser@127.0.0.1/x", "redirects to an address with credentials")]
    [InlineData("//user@127.0.0.1/x", "redirects to an address with credentials")]
    [InlineData("FILE://127.0.0.1/etc/passwd", "redirects to file, not to https")]
    [InlineData("data:,x", "redirects to data, not to https")]
    [InlineData("file:/etc/passwd", "redirects to what is no address")]
    [InlineData("https://127.0.0.%31/x", "redirects to what is no address")]
    [InlineData("https://b%C3%BCcher.example/x", "redirects to what is no address")]
    [InlineData("https://-x.example/x", "redirects to what is no address")]
    [InlineData("https://", "redirects to what is no address")]
    public async Task Redirect_ToWhatMayNotBe_IsRefused(string location, string why)
    {
        // Plain http is allowed here: a redirect still may not lead to it.
        _world.Server.Script(PackageServer.Redirect(location));
        await _world.RunAsync(_world.Options with { AllowPlainHttp = true });
        _world.AssertRefused(why);
    }

    [Fact]
    public async Task Redirect_WithoutLocation_IsRefused()
    {
        _world.Server.Script(PackageServer.Status("302 Found"));
        await _world.RunAsync();
        _world.AssertRefused("redirects to what is no address");
    }

    [Fact]
    public async Task Redirect_AsOftenAsAllowed_IsFollowed()
    {
        _world.Server.Script([.. Enumerable.Repeat(PackageServer.Redirect("/again"), 3)]);
        await _world.RunAsync();
        _world.AssertInstalledRight();
    }

    [Fact]
    public async Task Redirect_OnceMoreThanAllowed_IsRefused()
    {
        _world.Server.Script([.. Enumerable.Repeat(PackageServer.Redirect("/again"), 4)]);
        await _world.RunAsync();
        _world.AssertRefused("more than 3 redirects");
        Assert.Equal(4, _world.Server.Requests.Count);
    }

    [Fact]
    public async Task Redirect_FollowedByTheHostsClient_IsRefused()
    {
        using SocketsHttpHandler handler = FirmwareHttp.CreateHandler(PackageServer.Roots);
        handler.AllowAutoRedirect = true;
        using var http = new HttpClient(handler);
        await using var upgrade = new FirmwareUpgrade(_world.Options with { HttpClient = http }, "1", "2", null, _world.Time, null, _world.Log);
        upgrade.Progress += _world.Reports.Enqueue;
        _world.Server.Script(PackageServer.Redirect($"https://localhost:{_other.Port}/x"));
        upgrade.TryStart(_world.Request);
        await FirmwareWorld.EndAsync(upgrade);
        _world.AssertRefused("follows redirects by itself");
    }
}
