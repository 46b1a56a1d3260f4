using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

public sealed class PeerNameTests
{
    [Theory]
    [InlineData("gateway.example")]
    [InlineData("gateway.example.")]
    [InlineData("网关.example")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void TryParse_NameOrAddress_IsTaken(string host) => Assert.True(PeerName.TryParse(host, out _));

    /// <summary>To libssl an empty name means any, and one that begins with a dot any below it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".example")]
    [InlineData("gateway..example")]
    [InlineData("gateway.example\0.evil.test")]
    [InlineData("a-label-of-more-than-sixty-three-letters-which-no-name-may-have-at-all.example")]
    public void TryParse_NoName_IsRefused(string host) => Assert.False(PeerName.TryParse(host, out _));

    [Theory(Timeout = 30_000)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".test")]
    [InlineData("gateway.test\0")]
    public async Task ConnectAsync_NameThatCannotBeChecked_IsNotVerifiedAndGetsNoByte(string name)
    {
        using var authority = new TestAuthority();
        using X509Certificate2 certificate = authority.Issue(host: "gateway.test");
        await using var server = new TlsServer();
        Task<long> serving = server.CountBytesAsync(certificate, SslProtocols.Tls12);
        var connector = new OpenSslConnector(new TlsConnectorOptions { TrustedRoots = [authority.Root], TargetHost = name });
        UplinkException error = await Assert.ThrowsAsync<UplinkException>(
            async () => await connector.ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken));
        Assert.Equal(UplinkFaultKind.PeerNotVerified, error.Kind);
        Assert.Equal(0, await serving);
    }
}
