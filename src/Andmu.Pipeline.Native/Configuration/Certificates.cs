using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>Files of CAs.</summary>
internal static class Certificates
{
    /// <summary>Reads the CAs of a PEM file; null for no file.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or none is in it: nobody would be trusted.</exception>
    public static X509Certificate2Collection? Read(string? path, string name)
    {
        if (path is null)
        {
            return null;
        }

        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{name} cannot be read: {error.Message}", error);
        }

        return read.Count > 0 ? read : throw new ArgumentException($"{name} holds no certificate.");
    }
}
