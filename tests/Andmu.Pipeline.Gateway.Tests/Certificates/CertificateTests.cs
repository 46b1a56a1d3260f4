using System.Net;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Gateway.Certificates;
using Andmu.Pipeline.Gateway.Hosting;
using Andmu.Pipeline.Gateway.Tests.Support;

namespace Andmu.Pipeline.Gateway.Tests.Certificates;

public sealed class CertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly ServerNames Names = ServerNames.For(IPAddress.Loopback);

    private readonly TemporaryDirectory _directory = new();
    private readonly DataDirectory _data;

    public CertificateTests() => _data = DataDirectory.Open(_directory.Path);

    [Fact]
    public void LoadOrCreate_Again_GivesTheSameCertificates()
    {
        (string Ca, string Server) first = Load(Now);
        (string Ca, string Server) second = Load(Now.AddDays(380));

        Assert.Equal(first, second);
    }

    [Fact]
    public void LoadOrCreate_LessThanAWeekLeft_RenewsTheServerAloneUnderTheSameAuthority()
    {
        (string Ca, string Server) first = Load(Now);
        (string Ca, string Server) second = Load(Now.AddDays(391));

        Assert.Equal(first.Ca, second.Ca);
        Assert.NotEqual(first.Server, second.Server);
    }

    [Fact]
    public void LoadOrCreate_AuthorityReplaced_SignsTheServerAnew()
    {
        (string Ca, string Server) first = Load(Now);
        File.Delete(_data.CaCertificate);
        (string Ca, string Server) second = Load(Now);

        Assert.NotEqual(first.Ca, second.Ca);
        Assert.NotEqual(first.Server, second.Server);
    }

    [Fact]
    public void LoadOrCreate_TornFile_IsReplaced()
    {
        Load(Now);
        File.WriteAllText(_data.ServerCertificate, "-----BEGIN CERTIFICATE-----\nMII");

        Load(Now);
    }

    [Fact]
    public void LoadOrCreate_Keys_AreTheOwnersAlone()
    {
        Load(Now);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_data.CaKey));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_data.ServerKey));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(_data.CaCertificate), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Extensions_AreWhatVerifiersAskFor()
    {
        using X509Certificate2 authority = CertificateAuthority.LoadOrCreate(_data, Now);
        using X509Certificate2 server = ServerCertificate.LoadOrCreate(_data, authority, Names, Now);

        X509BasicConstraintsExtension basic = authority.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.True(basic is { CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: 0, Critical: true });
        Assert.False(server.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal("1.3.6.1.5.5.7.3.1", server.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        Assert.Equal(
            authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifierBytes.ToArray(),
            server.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single().KeyIdentifier!.Value.ToArray());
        Assert.NotNull(server.Extensions.OfType<X509SubjectKeyIdentifierExtension>().SingleOrDefault());
        X509SubjectAlternativeNameExtension names = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["localhost"], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
        Assert.Equal("ECDSA_P256", server.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.FriendlyName);
    }

    [Fact]
    public void LoadOrCreate_MoreNamesNeeded_Renews()
    {
        (string _, string first) = Load(Now);
        using X509Certificate2 authority = CertificateAuthority.LoadOrCreate(_data, Now);
        using X509Certificate2 server = ServerCertificate.LoadOrCreate(_data, authority, ServerNames.For(IPAddress.Parse("127.0.0.9")), Now);

        Assert.NotEqual(first, server.Thumbprint);
    }

    public void Dispose() => _directory.Dispose();

    private (string Ca, string Server) Load(DateTimeOffset now)
    {
        using X509Certificate2 authority = CertificateAuthority.LoadOrCreate(_data, now);
        using X509Certificate2 server = ServerCertificate.LoadOrCreate(_data, authority, Names, now);
        return (authority.Thumbprint, server.Thumbprint);
    }
}
