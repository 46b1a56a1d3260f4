using System.Net.Security;

namespace Andmu.Pipeline.Transport;

/// <summary>The suites that the specification leaves: TLS 1.2, AEAD only (5.2); of appendix E's list those with ECDHE and AES-GCM.</summary>
internal static class AllowedCipherSuites
{
    public static TlsCipherSuite[] All { get; } =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ];

    /// <param name="suite">Its number in IANA's registry.</param>
    public static bool Contains(int suite) => Array.IndexOf(All, (TlsCipherSuite)suite) >= 0;
}
