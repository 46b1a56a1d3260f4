using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Transport.OpenSsl.Interop;

/// <summary>Finds the system's OpenSSL: the first of the known versions of which both libraries load.</summary>
internal sealed class OpenSslLibrary
{
    // The sonames are part of each version's ABI: 3 stands for 3.0 and all that follows, 1.1 for 1.1.0 and 1.1.1.
    private static readonly string[] KnownVersions = ["3", "1.1"];

    private static readonly Lazy<OpenSslLibrary> Found = new(Bind);

    private readonly nint _crypto;
    private readonly nint _ssl;

    private OpenSslLibrary(nint crypto, nint ssl, bool is3)
    {
        (_crypto, _ssl) = (crypto, ssl);
        Is3 = is3;
    }

    /// <summary>Whether it is OpenSSL 3 or later; else it is 1.1.1.</summary>
    public bool Is3 { get; }

    /// <summary>The one in use. Loaded once, for as long as the process runs; to be asked for before the first call of <see cref="LibSsl"/> or
    /// <see cref="LibCrypto"/>, which it binds.</summary>
    /// <exception cref="DllNotFoundException">There is none; the message says what to install.</exception>
    public static OpenSslLibrary Current => Found.Value;

    /// <exception cref="DllNotFoundException">None of them is there.</exception>
    public static OpenSslLibrary Load(IEnumerable<string> versions)
    {
        foreach (string version in versions)
        {
            if (NativeLibrary.TryLoad($"libcrypto.so.{version}", out nint crypto))
            {
                // TLS 1.3 came with 1.1.1: what lacks it is 1.1.0, which nobody maintains.
                if (NativeLibrary.TryLoad($"libssl.so.{version}", out nint ssl) && NativeLibrary.TryGetExport(ssl, "SSL_CTX_set_ciphersuites", out _))
                {
                    return new OpenSslLibrary(crypto, ssl, NativeLibrary.TryGetExport(ssl, "SSL_get1_peer_certificate", out _));
                }
            }
        }

        throw new DllNotFoundException(
            "OpenSSL was not found: neither libssl.so.3 nor libssl.so.1.1 (1.1.1) could be loaded, each with its libcrypto. Install OpenSSL's libraries "
            + "(Debian, Ubuntu: libssl3 or libssl1.1; Fedora, RHEL: openssl-libs; Alpine: libssl3; Yocto, Buildroot: openssl), or add their directory to LD_LIBRARY_PATH.");
    }

    private static OpenSslLibrary Bind()
    {
        OpenSslLibrary library = Load(KnownVersions);
        NativeLibrary.SetDllImportResolver(typeof(OpenSslLibrary).Assembly, (name, _, _) => name switch
        {
            LibSsl.Name => library._ssl,
            LibCrypto.Name => library._crypto,
            _ => 0, // not ours: the runtime looks as usual
        });
        return library;
    }
}
