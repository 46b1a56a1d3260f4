using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Makes the HTTP handler that packages should be fetched with.</summary>
public static class FirmwareHttp
{
    // OpenApiHttp's, and those of TLS 1.3 (RFC 8446 B.4): packages come from whatever delivery network the vendor has.
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ];

    /// <summary>
    /// A handler that verifies chain and host name, speaks TLS 1.2 or 1.3, opens a connection for each request, follows no redirect (the upgrade does, by
    /// its rules), keeps no cookies and decompresses nothing. There is no switch that turns verification off.
    /// </summary>
    /// <param name="trustedRoots">The CAs to trust instead of the system's; the system's when null.</param>
    /// <param name="useProxy">Whether to go by the proxy of system and environment.</param>
    /// <returns>A handler, for one <see cref="HttpClient"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="trustedRoots"/> is empty: nobody would be trusted.</exception>
    public static SocketsHttpHandler CreateHandler(X509Certificate2Collection? trustedRoots = null, bool useProxy = false)
    {
        SocketsHttpHandler handler = OpenApiHttp.CreateHandler(trustedRoots, useProxy);
#pragma warning disable CA5398 // The oldest version is fixed by the specification, not left to the system.
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        handler.SslOptions.CipherSuitesPolicy = OperatingSystem.IsLinux() ? new CipherSuitesPolicy(Suites) : null;
        return handler;
    }
}
