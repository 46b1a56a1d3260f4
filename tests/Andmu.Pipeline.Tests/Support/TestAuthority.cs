using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.Tests.Support;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        CertificateRequest request = new("CN=Test CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Root = request.CreateSelfSigned(Now.AddYears(-5), Now.AddYears(5));
    }

    public X509Certificate2 Root { get; }

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>For localhost and 127.0.0.1, valid for a day.</summary>
    public X509Certificate2 Issue(string host = "localhost", int validFromDays = -1, int validToDays = 1, bool rsa = false, bool forClients = false)
    {
        DateTimeOffset from = Now.AddDays(validFromDays);
        DateTimeOffset to = Now.AddDays(validToDays);
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        if (rsa)
        {
            using RSA rsaKey = RSA.Create(2048);
            CertificateRequest rsaRequest = Describe(new CertificateRequest($"CN={host}", rsaKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), host, forClients);
            using X509Certificate2 rsaCertificate = rsaRequest.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from, to, serial);
            return rsaCertificate.CopyWithPrivateKey(rsaKey);
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Describe(new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256), host, forClients)
            .Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from, to, serial);
        return certificate.CopyWithPrivateKey(key);
    }

    public static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Describe(new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256), "localhost", forClients: false)
            .CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Describe(CertificateRequest request, string host, bool forClients)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(forClients ? ClientAuthentication : ServerAuthentication)], false));
        return request;
    }
}
