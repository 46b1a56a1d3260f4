using System.Net;
using System.Net.Sockets;
using Andmu.Pipeline.Device.Firmware;

namespace Andmu.Pipeline.Device.Tests.Firmware;

/// <summary>Hosts with names of international letters: what counts is the name that is connected to, however it is written.</summary>
public sealed class InternationalNameTests : IAsyncDisposable
{
    private const string Letters = "b\u00fccher.example";

    // A Cyrillic letter that looks like the Latin e.
    private const string LookAlike = "b\u00fccher.\u0435xample";

    private readonly FirmwareWorld _world = new();
    private readonly PackageServer _other = new(FirmwareWorld.Package);
    private readonly HttpClient _http;

    public InternationalNameTests()
    {
        SocketsHttpHandler handler = FirmwareHttp.CreateHandler(PackageServer.Roots);
        handler.ConnectCallback = ToLoopbackAsync;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _world.DisposeAsync();
        _http.Dispose();
    }

    [Theory]
    [InlineData(Letters, Letters)]
    [InlineData(Letters, PackageServer.InternationalName)]
    [InlineData(PackageServer.InternationalName, Letters)]
    [InlineData(PackageServer.InternationalName, PackageServer.InternationalName)]
    [InlineData("B\u00dcCHER.Example", Letters)]
    [InlineData(Letters, "B\u00dcCHER.Example")]
    [InlineData("XN--BCHER-KVA.example", Letters)]
    [InlineData("b\u00fccher\u3002example", Letters)]
    public async Task Start_AllowedHostInEitherForm_IsInstalled(string host, string allowed)
    {
        await RunAsync(host, allowed);
        _world.AssertInstalledRight();
        string line = $"Host: {PackageServer.InternationalName}:{_world.Server.Port}\r\n";
        Assert.Contains(line, Assert.Single(_world.Server.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(LookAlike)]
    [InlineData("xn--bcher-kva.xn--xample-2of")]
    [InlineData("bucher.example")]
    [InlineData("xn--bcher-kva.example.")]
    [InlineData("x.b\u00fccher.example")]
    [InlineData("b\u00fccher.example.x.example")]
    public async Task Start_OtherHost_IsRefused(string host)
    {
        await RunAsync(host, Letters);
        _world.AssertRefused("is not a host for packages");
        Assert.Empty(_world.Server.Requests);
    }

    [Fact]
    public async Task Start_LettersThatNoNameHas_IsRefusedAsNoAddress()
    {
        await _world.RunAsync(request: _world.Request with { Url = "https://\u0627a.example/x" });
        _world.AssertRefused("not an https address");
    }

    [Fact]
    public async Task Start_LookAlike_IsNamedByWhatTellsItApart()
    {
        await RunAsync(LookAlike, Letters);
        _world.AssertRefused("Refused: xn--bcher-kva.xn--xample-2of is not a host");
    }

    [Theory]
    [InlineData(PackageServer.InternationalName)]
    [InlineData("XN--BCHER-KVA.EXAMPLE")]
    public async Task Redirect_SameHostInOtherForm_IsFollowed(string host)
    {
        _world.Server.Script(PackageServer.Redirect($"https://{host}:{_other.Port}/x"));
        await RunAsync(Letters);
        _world.AssertInstalledRight();
        Assert.Single(_other.Requests);
    }

    [Theory]
    [InlineData("xn--bcher-kva.xn--xample-2of")]
    [InlineData("bucher.example")]
    public async Task Redirect_LookAlike_IsRefused(string host)
    {
        _world.Server.Script(PackageServer.Redirect($"https://{host}:{_other.Port}/x"));
        await RunAsync(Letters);
        _world.AssertRefused("which is not a host for packages");
        Assert.Empty(_other.Requests);
    }

    private Task<FirmwareUpgrade> RunAsync(string host, params string[] allowed) => _world.RunAsync(
        _world.Options with { HttpClient = _http, AllowedHosts = allowed },
        _world.Request with { Url = _world.Url.Replace("127.0.0.1", host, StringComparison.Ordinal) });

    private static async ValueTask<Stream> ToLoopbackAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
