using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>The functions of libssl that are used. Names and types as in OpenSSL's manual; each is in 1.1.1 and in 3 where nothing else is said.</summary>
internal static unsafe partial class LibSsl
{
    /// <summary>Stands for libssl.so.3 or libssl.so.1.1: see <see cref="OpenSslLibrary"/>.</summary>
    public const string Name = "libssl";

    public const int Tls12 = 0x0303;             // TLS1_2_VERSION
    public const int VerifyPeer = 1;             // SSL_VERIFY_PEER, <openssl/ssl.h>
    public const int ErrorWantRead = 2;          // SSL_ERROR_WANT_READ
    public const int ErrorZeroReturn = 6;        // SSL_ERROR_ZERO_RETURN: close_notify
    public const int ControlMode = 33;           // SSL_CTRL_MODE
    public const int ControlHostName = 55;       // SSL_CTRL_SET_TLSEXT_HOSTNAME
    public const int ControlMinProtocol = 123;   // SSL_CTRL_SET_MIN_PROTO_VERSION
    public const int ControlMaxProtocol = 124;   // SSL_CTRL_SET_MAX_PROTO_VERSION
    public const int ModeReleaseBuffers = 0x10;  // SSL_MODE_RELEASE_BUFFERS: 34 KB less for an idle channel
    public const int ReasonVerifyFailed = 134;   // SSL_R_CERTIFICATE_VERIFY_FAILED, <openssl/sslerr.h>

    /// <summary>SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION: nothing is resumed, and a verified peer stays the one it was.</summary>
    public const uint Options = 1u << 14 | 1u << 17 | 1u << 30;

    [LibraryImport(Name, EntryPoint = "TLS_client_method")]
    public static partial nint ClientMethod();

    [LibraryImport(Name, EntryPoint = "SSL_CTX_new")]
    public static partial SslContextHandle ContextNew(nint method);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ContextControl(SslContextHandle context, int command, nint number, nint pointer);

    /// <summary>OpenSSL 3, where the options are 64 bits on every processor.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong ContextSetOptions3(SslContextHandle context, ulong options);

    /// <summary>OpenSSL 1.1.1, where they are an unsigned long.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_options")]
    public static partial nuint ContextSetOptions11(SslContextHandle context, nuint options);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ContextSetSuites(SslContextHandle context, string suites);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void ContextSetVerify(SslContextHandle context, int mode, nint callback);

    [LibraryImport(Name, EntryPoint = "SSL_CTX_set_default_verify_paths")]
    public static partial int ContextUseSystemRoots(SslContextHandle context);

    /// <summary>Belongs to the context.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_CTX_get_cert_store")]
    public static partial nint ContextStore(SslContextHandle context);

    [LibraryImport(Name, EntryPoint = "SSL_new")]
    public static partial SslHandle New(SslContextHandle context);

    [LibraryImport(Name, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Name, EntryPoint = "SSL_ctrl")]
    public static partial nint Control(SslHandle ssl, int command, nint number, byte* pointer);

    /// <summary>Takes over the BIO, which serves both directions.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_set_bio")]
    public static partial void SetBio(SslHandle ssl, nint read, nint write);

    /// <summary>What the peer's certificate is checked for. Belongs to the connection.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_get0_param")]
    public static partial nint Parameters(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_connect")]
    public static partial int Connect(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_read")]
    public static partial int Read(SslHandle ssl, byte* buffer, int length);

    [LibraryImport(Name, EntryPoint = "SSL_write")]
    public static partial int Write(SslHandle ssl, byte* buffer, int length);

    [LibraryImport(Name, EntryPoint = "SSL_shutdown")]
    public static partial int Shutdown(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_get_error")]
    public static partial int GetError(SslHandle ssl, int result);

    [LibraryImport(Name, EntryPoint = "SSL_get_verify_result")]
    public static partial nint VerifyResult(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_version")]
    public static partial int Version(SslHandle ssl);

    [LibraryImport(Name, EntryPoint = "SSL_get_current_cipher")]
    public static partial nint CurrentSuite(SslHandle ssl);

    /// <summary>Its number in IANA's registry.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_CIPHER_get_protocol_id")]
    public static partial ushort SuiteNumber(nint suite);

    /// <summary>The peer's certificate, then those it sent with it. Belongs to the connection; null without a certificate.</summary>
    [LibraryImport(Name, EntryPoint = "SSL_get_peer_cert_chain")]
    public static partial nint PeerChain(SslHandle ssl);
}
