using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Transport.OpenSsl.Interop;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>What libssl is told once for all connections of a connector: TLS 1.2, the allowed suites, whom to trust (specification 5.2).</summary>
internal static unsafe class TlsContext
{
    // AllowedCipherSuites by OpenSSL's names, in the same order.
    private const string Suites =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

    /// <exception cref="DllNotFoundException">OpenSSL is not there; the message says what to install.</exception>
    /// <exception cref="InvalidOperationException">This OpenSSL cannot do it, or a root is none.</exception>
    public static SslContextHandle Create(X509Certificate2Collection? trustedRoots)
    {
        bool is3 = OpenSslLibrary.Current.Is3;
        LibCrypto.ClearErrors();
        SslContextHandle context = LibSsl.ContextNew(LibSsl.ClientMethod());
        try
        {
            Require(!context.IsInvalid, "make a context");
            // Minimum and maximum explicitly: the system's openssl.cnf may have set either.
            Require(LibSsl.ContextControl(context, LibSsl.ControlMinProtocol, LibSsl.Tls12, 0) == 1, "set TLS 1.2 as minimum");
            Require(LibSsl.ContextControl(context, LibSsl.ControlMaxProtocol, LibSsl.Tls12, 0) == 1, "set TLS 1.2 as maximum");
            Require(LibSsl.ContextSetSuites(context, Suites) == 1, "set the cipher suites");
            LibSsl.ContextControl(context, LibSsl.ControlMode, LibSsl.ModeReleaseBuffers, 0);
            SetOptions(context, is3);
            LibSsl.ContextSetVerify(context, LibSsl.VerifyPeer, 0);
            Trust(context, trustedRoots);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private static void SetOptions(SslContextHandle context, bool is3)
    {
        if (is3)
        {
            LibSsl.ContextSetOptions3(context, LibSsl.Options);
        }
        else
        {
            LibSsl.ContextSetOptions11(context, LibSsl.Options);
        }
    }

    private static void Trust(SslContextHandle context, X509Certificate2Collection? roots)
    {
        if (roots is null)
        {
            Require(LibSsl.ContextUseSystemRoots(context) == 1, "load the system's roots");
            return;
        }

        nint store = LibSsl.ContextStore(context);
        foreach (X509Certificate2 root in roots)
        {
            AddRoot(store, root.RawDataMemory.Span);
        }
    }

    private static void AddRoot(nint store, ReadOnlySpan<byte> der)
    {
        fixed (byte* start = der)
        {
            byte* at = start;
            nint certificate = LibCrypto.ReadCertificate(null, &at, der.Length);
            Require(certificate != 0, "read a trusted root");
            int added = LibCrypto.StoreAdd(store, certificate); // takes a reference of its own
            LibCrypto.CertificateFree(certificate);
            Require(added == 1, "trust a root");
        }
    }

    private static void Require(bool succeeded, string what)
    {
        if (!succeeded)
        {
            throw new InvalidOperationException($"OpenSSL could not {what}: {OpenSslError.Describe()}.");
        }
    }
}
