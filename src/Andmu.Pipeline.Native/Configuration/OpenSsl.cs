using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>Whether OpenSSL can be loaded. It has to be known before anything needs it: the runtime ends the process where it finds none.</summary>
internal static class OpenSsl
{
    /// <summary>The names that the runtime looks for, newest first.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    private static volatile bool _isThere;

    /// <summary>Looks again until it is found: a file system may be mounted late.</summary>
    public static bool IsThere => _isThere || (_isThere = Names.Any(static name => NativeLibrary.TryLoad(name, out _)));
}
