using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Andmu.Pipeline.Gateway.Certificates;

/// <summary>TLS as specification 5 and 5.2 demand it: version 1.2 alone, and only ephemeral key exchange with AES-GCM.</summary>
internal static class TlsSettings
{
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    ];

    // Made once: a policy per connection would defeat the TLS library's context cache.
    private static readonly CipherSuitesPolicy? Policy =
        OperatingSystem.IsWindows() || OperatingSystem.IsAndroid() ? null : new CipherSuitesPolicy(Suites);

    public static void Apply(HttpsConnectionAdapterOptions options, X509Certificate2 certificate)
    {
        options.ServerCertificate = certificate;
        options.SslProtocols = SslProtocols.Tls12;
        options.OnAuthenticate = static (_, tls) =>
        {
            tls.AllowRenegotiation = false;
            tls.CipherSuitesPolicy = Policy;
        };
    }
}
