using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Tests.Transport;

/// <summary>What every transport's connector does: good peers, and those that are none.</summary>
public abstract class ConnectorContract : IDisposable
{
    private const int Hang = 30_000;
    private const SslProtocols Tls11 = (SslProtocols)0x300; // named only where it is obsolete

    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The transport under test.</summary>
    protected abstract IUplinkConnector Create(TlsConnectorOptions? options = null);

    [Theory(Timeout = Hang)]
    [InlineData(false, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(false, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [InlineData(true, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(true, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)]
    public async Task ConnectAsync_GoodPeer_Connects(bool rsa, TlsCipherSuite suite)
    {
        using X509Certificate2 certificate = _authority.Issue(rsa: rsa);
        await using var server = new TlsServer();
        Task<SslStream> accepting = server.AcceptAsync(certificate, SslProtocols.Tls12, suite);
        await using IUplinkConnection connection = await Connector().ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken);
        Assert.Equal(suite, (await accepting).NegotiatedCipherSuite);
        Assert.True(connection.BytesSent > 0);
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_PeerSpeaksMoreThanTls12_UsesTls12()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using var server = new TlsServer();
        Task<SslStream> accepting = server.AcceptAsync(certificate, SslProtocols.Tls12 | SslProtocols.Tls13);
        await using IUplinkConnection connection = await Connector().ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken);
        Assert.Equal(SslProtocols.Tls12, (await accepting).SslProtocol);
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_RightPinAmongSeveral_Connects()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using var server = new TlsServer();
        Task<SslStream> accepting = server.AcceptAsync(certificate);
        IUplinkConnector connector = Connector(pins: [new byte[32], PinOf(certificate)]);
        await using IUplinkConnection connection = await connector.ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken);
        await accepting;
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_TargetHostInsteadOfTheAddress_IsWhatIsChecked()
    {
        using X509Certificate2 certificate = _authority.Issue(host: "gateway.test");
        await using var server = new TlsServer();
        Task<SslStream> accepting = server.AcceptAsync(certificate);
        IUplinkConnector connector = Create(new TlsConnectorOptions { TrustedRoots = [_authority.Root], TargetHost = "gateway.test" });
        await using IUplinkConnection connection = await connector.ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken);
        Assert.Equal("gateway.test", (await accepting).TargetHostName);
    }

    public enum Bad
    {
        Expired,
        NotYetValid,
        WrongHost,
        SelfSigned,
        UnknownAuthority,
        WrongPin,
        ForClientsOnly,
    }

    [Theory(Timeout = Hang)]
    [InlineData(Bad.Expired)]
    [InlineData(Bad.NotYetValid)]
    [InlineData(Bad.WrongHost)]
    [InlineData(Bad.SelfSigned)]
    [InlineData(Bad.UnknownAuthority)]
    [InlineData(Bad.WrongPin)]
    [InlineData(Bad.ForClientsOnly)]
    public async Task ConnectAsync_BadCertificate_IsNotVerifiedAndGetsNoByte(Bad bad)
    {
        using var other = new TestAuthority();
        using X509Certificate2 certificate = bad switch
        {
            Bad.Expired => _authority.Issue(validFromDays: -10, validToDays: -1),
            Bad.NotYetValid => _authority.Issue(validFromDays: 1, validToDays: 10),
            Bad.WrongHost => _authority.Issue(host: "other.test"),
            Bad.SelfSigned => TestAuthority.SelfSigned(),
            Bad.UnknownAuthority => other.Issue(),
            Bad.ForClientsOnly => _authority.Issue(forClients: true),
            _ => _authority.Issue(),
        };
        await using var server = new TlsServer();
        Task<long> serving = server.CountBytesAsync(certificate, SslProtocols.Tls12);
        UplinkException error = await FailAsync(Connector(pins: bad == Bad.WrongPin ? [new byte[32]] : []), server.Endpoint);
        Assert.Equal(UplinkFaultKind.PeerNotVerified, error.Kind);
        Assert.Contains(server.Endpoint.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await serving);
    }

    /// <summary>Self-signed, and its key is pinned: the pin comes on top of the chain, it does not replace it.</summary>
    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_RightPinWithoutAChain_IsNotVerified()
    {
        using X509Certificate2 certificate = TestAuthority.SelfSigned();
        await using var server = new TlsServer();
        Task<long> serving = server.CountBytesAsync(certificate, SslProtocols.Tls12);
        Assert.Equal(UplinkFaultKind.PeerNotVerified, (await FailAsync(Connector(pins: [PinOf(certificate)]), server.Endpoint)).Kind);
        Assert.Equal(0, await serving);
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_SystemRoots_DoNotTrustAnUnknownAuthority()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using var server = new TlsServer();
        Task<long> serving = server.CountBytesAsync(certificate, SslProtocols.Tls12);
        Assert.Equal(UplinkFaultKind.PeerNotVerified, (await FailAsync(Create(), server.Endpoint)).Kind);
        Assert.Equal(0, await serving);
    }

    public static TheoryData<SslProtocols, TlsCipherSuite[]> Unacceptable() => new()
    {
        { Tls11, [] },
        { SslProtocols.Tls13, [] },
        { SslProtocols.Tls12, [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384] },
        { SslProtocols.Tls12, [TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256] },
        { SslProtocols.Tls12, [TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256] },
        { SslProtocols.Tls12, [TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256] },
    };

    [Theory(Timeout = Hang)]
    [MemberData(nameof(Unacceptable))]
    public async Task ConnectAsync_ProtocolOrSuiteNotAllowed_FailsAndSendsNoByte(SslProtocols protocol, TlsCipherSuite[] suites)
    {
        using X509Certificate2 certificate = _authority.Issue(rsa: true);
        await using var server = new TlsServer();
        Task<long> serving = server.CountBytesAsync(certificate, protocol, suites);
        Assert.Equal(UplinkFaultKind.TlsFailed, (await FailAsync(Connector(), server.Endpoint)).Kind);
        Assert.Equal(0, await serving);
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_ServerClosesInTheHandshake_IsTlsFailed()
    {
        await using var server = new TlsServer();
        Task closing = Task.Run(async () =>
        {
            NetworkStream stream = await server.AcceptRawAsync();
            await stream.ReadExactlyAsync(new byte[5]);
            await stream.DisposeAsync();
        });
        Assert.Equal(UplinkFaultKind.TlsFailed, (await FailAsync(Connector(), server.Endpoint)).Kind);
        await closing;
    }

    /// <summary>ServerHello, then a Certificate message with no certificate in it.</summary>
    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_EmptyChain_IsRefused()
    {
        await using var server = new TlsServer();
        byte[] hello = [3, 3, .. new byte[32], 0, 0xC0, 0x2B, 0]; // TLS 1.2, no session, ECDHE-ECDSA-AES128-GCM-SHA256, no compression
        byte[] certificate = [0, 0, 0];
        byte[] handshake = [2, 0, 0, (byte)hello.Length, .. hello, 11, 0, 0, (byte)certificate.Length, .. certificate];
        byte[] record = [22, 3, 3, 0, (byte)handshake.Length, .. handshake];
        Task talking = Task.Run(async () => await (await server.AcceptRawAsync()).WriteAsync(record));
        Assert.Contains((await FailAsync(Connector(), server.Endpoint)).Kind, new[] { UplinkFaultKind.PeerNotVerified, UplinkFaultKind.TlsFailed });
        await talking;
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_ServerIsCutWithinARecord_IsTlsFailed()
    {
        await using var server = new TlsServer();
        Task talking = Task.Run(async () =>
        {
            NetworkStream stream = await server.AcceptRawAsync();
            await stream.ReadExactlyAsync(new byte[5]);
            await stream.WriteAsync(new byte[] { 22, 3, 3, 0, 100, 2, 0, 0, 96 });
            stream.Socket.Shutdown(SocketShutdown.Send);
        });
        Assert.Equal(UplinkFaultKind.TlsFailed, (await FailAsync(Connector(), server.Endpoint)).Kind);
        await talking;
    }

    [Theory(Timeout = Hang)]
    [InlineData("a.gateway.test", true)]
    [InlineData("gateway.test", false)]
    [InlineData("a.b.gateway.test", false)]
    public async Task ConnectAsync_Wildcard_StandsForOneLabel(string name, bool accepted)
    {
        using X509Certificate2 certificate = _authority.Issue(host: "*.gateway.test");
        await using var server = new TlsServer();
        Task<long> serving = server.CountBytesAsync(certificate, SslProtocols.Tls12);
        IUplinkConnector connector = Create(new TlsConnectorOptions { TrustedRoots = [_authority.Root], TargetHost = name });
        if (accepted)
        {
            await (await connector.ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken)).DisposeAsync();
        }
        else
        {
            Assert.Equal(UplinkFaultKind.PeerNotVerified, (await FailAsync(connector, server.Endpoint)).Kind);
        }

        Assert.Equal(0, await serving);
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_ServerSpeaksNoTls_IsTlsFailed()
    {
        await using var server = new TlsServer();
        Task talking = Task.Run(async () => await (await server.AcceptRawAsync()).WriteAsync("220 mail.test ESMTP ready\r\n"u8.ToArray()));
        Assert.Equal(UplinkFaultKind.TlsFailed, (await FailAsync(Connector(), server.Endpoint)).Kind);
        await talking;
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_ServerNeverAnswers_TheTokenEndsIt()
    {
        await using var server = new TlsServer();
        using var cancellation = new CancellationTokenSource();
        ValueTask<IUplinkConnection> connecting = Connector().ConnectAsync(server.Endpoint, cancellation.Token);
        NetworkStream stream = await server.AcceptRawAsync();
        await stream.ReadExactlyAsync(new byte[5]); // in the handshake
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connecting);
    }

    [Fact(Timeout = Hang)]
    public async Task ConnectAsync_NobodyListens_IsConnectFailed()
    {
        var server = new TlsServer();
        HedgwEndpoint endpoint = server.Endpoint;
        await server.DisposeAsync();
        Assert.Equal(UplinkFaultKind.ConnectFailed, (await FailAsync(Connector(), endpoint)).Kind);
    }

    /// <summary>Addresses come out of an answer of the platform: none of them is a fault of the program.</summary>
    [Theory(Timeout = Hang)]
    [InlineData("127.0.0.1", 70_000)]
    [InlineData("127.0.0.1", -1)]
    [InlineData("127.0.0.1", 0)]
    [InlineData(LongName, 443)]
    public async Task ConnectAsync_ImpossibleAddress_IsConnectFailed(string host, int port) =>
        Assert.Equal(UplinkFaultKind.ConnectFailed, (await FailAsync(Connector(), new HedgwEndpoint(host, port))).Kind);

    private const string Part = "a-very-long-name-that-no-name-server-was-ever-asked-for.";
    private const string LongName = Part + Part + Part + Part + Part + Part;

    private IUplinkConnector Connector(params IReadOnlyList<ReadOnlyMemory<byte>> pins) =>
        Create(new TlsConnectorOptions { TrustedRoots = [_authority.Root], PublicKeyPins = pins });

    private static ReadOnlyMemory<byte> PinOf(X509Certificate2 certificate) => SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    private static Task<UplinkException> FailAsync(IUplinkConnector connector, HedgwEndpoint endpoint) =>
        Assert.ThrowsAsync<UplinkException>(async () => await connector.ConnectAsync(endpoint, TestContext.Current.CancellationToken));
}
