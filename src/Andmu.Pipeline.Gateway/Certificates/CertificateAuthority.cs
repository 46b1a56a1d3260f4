using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Certificates;

/// <summary>
/// The gateway's own certificate authority (RFC 5280): made once, kept in the data directory, trusted by devices through
/// <c>ca.pem</c>. It can sign end entities only, and its key is readable by its owner alone.
/// </summary>
internal static class CertificateAuthority
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(400);

    /// <summary>Loads the authority, or makes a new one when there is none that outlives the certificates it signs.</summary>
    public static X509Certificate2 LoadOrCreate(DataDirectory data, DateTimeOffset now)
    {
        if (PemFiles.TryLoad(data.CaCertificate, data.CaKey) is { } existing)
        {
            if (existing.NotAfter > now.UtcDateTime.ToLocalTime() + RenewBefore)
            {
                return existing;
            }

            existing.Dispose();
        }

        X509Certificate2 created = Create(now);
        PemFiles.Save(created, data.CaCertificate, data.CaKey);
        return created;
    }

    private static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The name carries a part of the key's fingerprint, so that the authorities of two data directories do not look alike.
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 4));
        var request = new CertificateRequest($"CN=Andmu.Pipeline local platform CA {fingerprint}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Lifetime);
    }
}
