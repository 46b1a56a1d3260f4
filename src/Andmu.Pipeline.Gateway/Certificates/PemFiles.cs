using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Andmu.Pipeline.Gateway.Hosting;

namespace Andmu.Pipeline.Gateway.Certificates;

/// <summary>A certificate and its key as two PEM files (RFC 7468), the key readable by its owner alone.</summary>
internal static class PemFiles
{
    public static X509Certificate2? TryLoad(string certificatePath, string keyPath)
    {
        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        }
        catch (CryptographicException)
        {
            // A torn or foreign file is replaced as if there were none.
            return null;
        }
    }

    public static void Save(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        byte[] pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
        DataDirectory.WriteSecretAtomically(keyPath, pem);
        CryptographicOperations.ZeroMemory(pem);
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem() + "\n");
    }
}
