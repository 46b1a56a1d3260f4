using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.OpenApi;

/// <summary>
/// Makes the HTTP handler that a device should use: TLS 1.2 alone (specification 5), and nothing sent to an unverified peer.
/// </summary>
public static class OpenApiHttp
{
    // What modern servers offer for TLS 1.2, and what the specification demands of the other channel (5.2: AEAD suites).
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ];

    /// <summary>
    /// A handler that verifies chain and host name, speaks TLS 1.2 with ECDHE and AES-GCM only, opens a connection for each call, follows no
    /// redirect, keeps no cookies and decompresses nothing. There is no switch that turns verification off.
    /// </summary>
    /// <param name="trustedRoots">The CAs to trust instead of the system's; the system's when null.</param>
    /// <param name="useProxy">Whether to go by the proxy of system and environment.</param>
    /// <returns>A handler, for one <see cref="HttpClient"/> or for <c>ConfigurePrimaryHttpMessageHandler</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="trustedRoots"/> is empty: nobody would be trusted.</exception>
    public static SocketsHttpHandler CreateHandler(X509Certificate2Collection? trustedRoots = null, bool useProxy = false) => new()
    {
        // AutomaticDecompression is none as it is: to say so would link the decoders into every binary that is compiled ahead of time.
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.Zero, // A POST is not sent again by itself when the server has dropped a used connection.
        PreAuthenticate = false,
        SslOptions = TlsOptions(trustedRoots),
        UseCookies = false,
        UseProxy = useProxy,
    };

    private static SslClientAuthenticationOptions TlsOptions(X509Certificate2Collection? trustedRoots) => new()
    {
#pragma warning disable CA5398 // The version is fixed by the specification, not left to the system.
        EnabledSslProtocols = SslProtocols.Tls12,
#pragma warning restore CA5398
        CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy(Suites) : null,
        CertificateChainPolicy = trustedRoots is null ? null : TrustOnly(trustedRoots),
    };

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection roots)
    {
        if (roots.Count == 0)
        {
            throw new ArgumentException("No CA given: nobody would be trusted.", nameof(roots));
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck, // As .NET does without a policy of one's own; a private CA rarely has a list.
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
