using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Certificates;

/// <summary>The certificate that both servers show: ECDSA P-256, for this machine's names, renewed in time.</summary>
internal static class ServerCertificate
{
    // CA/Browser Forum Baseline Requirements 6.3.2: at most 398 days, or browsers refuse it.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(7);
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static X509Certificate2 LoadOrCreate(DataDirectory data, X509Certificate2 authority, ServerNames names, DateTimeOffset now)
    {
        if (PemFiles.TryLoad(data.ServerCertificate, data.ServerKey) is { } existing)
        {
            if (IsUsable(existing, authority, names, now))
            {
                return existing;
            }

            existing.Dispose();
        }

        X509Certificate2 created = Create(authority, names, now);
        PemFiles.Save(created, data.ServerCertificate, data.ServerKey);
        return created;
    }

    private static bool IsUsable(X509Certificate2 certificate, X509Certificate2 authority, ServerNames names, DateTimeOffset now)
    {
        DateTime local = now.UtcDateTime.ToLocalTime();
        return certificate.NotAfter >= local + RenewBefore
            && certificate.NotBefore <= local
            && names.AreCoveredBy(certificate)
            && IsSignedBy(certificate, authority, now);
    }

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime.ToLocalTime();
        return chain.Build(certificate);
    }

    private static X509Certificate2 Create(X509Certificate2 authority, ServerNames names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(names.ToExtension());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F; // RFC 5280 4.1.2.2: a positive integer.
        using X509Certificate2 bare = request.Create(authority, now - TimeSpan.FromDays(1), now + Lifetime, serial);
        return bare.CopyWithPrivateKey(key);
    }
}
