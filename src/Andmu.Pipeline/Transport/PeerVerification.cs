using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Transport;

/// <summary>What a peer must be before the first byte goes to it: checked during the handshake, and again on what the handshake gave.</summary>
internal sealed class PeerVerification(TlsConnectorOptions options)
{
    private string? _failure;

    /// <summary>Why the certificate was not accepted, in words, once the handshake has failed for it.</summary>
    public string? Failure => _failure;

    public SslClientAuthenticationOptions ClientOptions(HedgwEndpoint endpoint) => new()
    {
        TargetHost = options.TargetHost ?? endpoint.Host,
        EnabledSslProtocols = SslProtocols.Tls12,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        AllowRenegotiation = false,
        CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy(AllowedCipherSuites.All) : null,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsAccepted(certificate, chain, errors),
    };

    /// <summary>After the handshake: the negotiated protocol and suite, and the pin once more on the certificate in force.</summary>
    /// <exception cref="UplinkException">The peer is not what it must be.</exception>
    public void Check(SslStream tls)
    {
        if (tls.SslProtocol != SslProtocols.Tls12 || Array.IndexOf(AllowedCipherSuites.All, tls.NegotiatedCipherSuite) < 0)
        {
            throw new UplinkException(UplinkFaultKind.TlsFailed, $"The peer negotiated {tls.SslProtocol} with {tls.NegotiatedCipherSuite}, which the specification does not allow.");
        }

        if (!HasPinnedKey(tls.RemoteCertificate))
        {
            throw new UplinkException(UplinkFaultKind.PeerNotVerified, "The peer's public key is none of the pinned ones.");
        }
    }

    private X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (options.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private bool IsAccepted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None && HasPinnedKey(certificate))
        {
            return true;
        }

        _failure = errors switch
        {
            SslPolicyErrors.None => "its public key is none of the pinned ones",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "it has no certificate",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "its certificate is made out to another name",
            _ => $"its certificate is not trusted ({ChainFailure(chain)})",
        };
        return false;
    }

    private static string ChainFailure(X509Chain? chain) =>
        chain is { ChainStatus: [X509ChainStatus first, ..] } ? first.Status.ToString() : "no chain to a trusted root";

    private bool HasPinnedKey(X509Certificate? certificate) =>
        options.PublicKeyPins.Count == 0 || (certificate is X509Certificate2 known && options.IsAcceptedKey(known.PublicKey.ExportSubjectPublicKeyInfo()));
}
