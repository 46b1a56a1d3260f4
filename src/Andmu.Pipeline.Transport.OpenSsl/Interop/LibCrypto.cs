using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>The functions of libcrypto that are used. Names and types as in OpenSSL's manual; each is in 1.1.1 and in 3.</summary>
/// <remarks>C's long is a <see langword="nint"/> on Linux.</remarks>
internal static unsafe partial class LibCrypto
{
    /// <summary>Stands for libcrypto.so.3 or libcrypto.so.1.1: see <see cref="OpenSslLibrary"/>.</summary>
    public const string Name = "libcrypto";

    public const int BioTypeSourceSink = 0x0400; // BIO_TYPE_SOURCE_SINK, <openssl/bio.h>
    public const int BioFlagsReadRetry = 0x09;   // BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY
    public const int BioCtrlFlush = 11;          // BIO_CTRL_FLUSH

    public const uint CheckNoPartialWildcards = 0x4; // X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, <openssl/x509v3.h>

    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    /// <summary>The first error of this thread's queue.</summary>
    [LibraryImport(Name, EntryPoint = "ERR_peek_error")]
    public static partial nuint PeekError();

    /// <summary>A constant string, or null.</summary>
    [LibraryImport(Name, EntryPoint = "ERR_reason_error_string")]
    public static partial byte* ReasonOf(nuint error);

    [LibraryImport(Name, EntryPoint = "BIO_get_new_index")]
    public static partial int BioNewIndex();

    [LibraryImport(Name, EntryPoint = "BIO_meth_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint BioMethodNew(int type, string name);

    [LibraryImport(Name, EntryPoint = "BIO_meth_set_write")]
    public static partial int BioMethodSetWrite(nint method, delegate* unmanaged[Cdecl]<nint, byte*, int, int> write);

    [LibraryImport(Name, EntryPoint = "BIO_meth_set_read")]
    public static partial int BioMethodSetRead(nint method, delegate* unmanaged[Cdecl]<nint, byte*, int, int> read);

    [LibraryImport(Name, EntryPoint = "BIO_meth_set_ctrl")]
    public static partial int BioMethodSetControl(nint method, delegate* unmanaged[Cdecl]<nint, int, nint, void*, nint> control);

    [LibraryImport(Name, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Name, EntryPoint = "BIO_free")]
    public static partial int BioFree(nint bio);

    [LibraryImport(Name, EntryPoint = "BIO_set_init")]
    public static partial void BioSetInitialized(nint bio, int initialized);

    [LibraryImport(Name, EntryPoint = "BIO_set_data")]
    public static partial void BioSetData(nint bio, nint data);

    [LibraryImport(Name, EntryPoint = "BIO_get_data")]
    public static partial nint BioGetData(nint bio);

    [LibraryImport(Name, EntryPoint = "BIO_set_flags")]
    public static partial void BioSetFlags(nint bio, int flags);

    [LibraryImport(Name, EntryPoint = "BIO_clear_flags")]
    public static partial void BioClearFlags(nint bio, int flags);

    [LibraryImport(Name, EntryPoint = "d2i_X509")]
    public static partial nint ReadCertificate(nint* reuse, byte** der, nint length);

    [LibraryImport(Name, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    /// <summary>Belongs to the certificate.</summary>
    [LibraryImport(Name, EntryPoint = "X509_get_X509_PUBKEY")]
    public static partial nint PublicKeyOf(nint certificate);

    /// <summary>SubjectPublicKeyInfo in DER; gives its length, writes it when <paramref name="der"/> is not null.</summary>
    [LibraryImport(Name, EntryPoint = "i2d_X509_PUBKEY")]
    public static partial int WritePublicKey(nint key, byte** der);

    [LibraryImport(Name, EntryPoint = "X509_STORE_add_cert")]
    public static partial int StoreAdd(nint store, nint certificate);

    [LibraryImport(Name, EntryPoint = "X509_VERIFY_PARAM_set_hostflags")]
    public static partial void SetHostFlags(nint parameters, uint flags);

    [LibraryImport(Name, EntryPoint = "X509_VERIFY_PARAM_set1_host")]
    public static partial int SetHost(nint parameters, byte* name, nuint length);

    [LibraryImport(Name, EntryPoint = "X509_VERIFY_PARAM_set1_ip")]
    public static partial int SetAddress(nint parameters, byte* address, nuint length);

    /// <summary>A constant string.</summary>
    [LibraryImport(Name, EntryPoint = "X509_verify_cert_error_string")]
    public static partial byte* VerificationText(nint result);

    /// <summary>Element of a stack; it belongs to the stack. Null past its end.</summary>
    [LibraryImport(Name, EntryPoint = "OPENSSL_sk_value")]
    public static partial nint StackItem(nint stack, int index);
}
