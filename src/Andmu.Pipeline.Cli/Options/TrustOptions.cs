using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>Whom a simulated camera trusts. There is no option to trust everybody.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string?> _ca = new("--ca")
    {
        Description = "PEM file with the certificate of the authority to trust, instead of the system's.",
        HelpName = "FILE",
    };

    private readonly Option<string> _tls = new("--tls") { Description = "The TLS library.", DefaultValueFactory = _ => "sslstream" };

    public TrustOptions()
    {
        _tls.AcceptOnlyFromAmong("sslstream", "openssl");
        _tls.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "openssl" }])
            {
                result.AddError("--tls openssl is not available in this version: leave it out, or use sslstream.");
            }
        });
    }

    public void AddTo(Command verb)
    {
        verb.Options.Add(_ca);
        verb.Options.Add(_tls);
    }

    /// <exception cref="CliException">The file is not there, or holds no certificate.</exception>
    public TlsConnectorOptions Read(ParseResult parsed) =>
        parsed.GetValue(_ca) is { } path ? new TlsConnectorOptions { TrustedRoots = Load(path) } : new TlsConnectorOptions();

    /// <summary>The certificates in a PEM file.</summary>
    /// <exception cref="CliException">The file is not there, or holds no certificate.</exception>
    public static X509Certificate2Collection Load(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            using (var reader = new StreamReader(Sources.InputFile.Open(path, "--ca")))
            {
                roots.ImportFromPem(reader.ReadToEnd());
            }

            return roots.Count > 0 ? roots : throw new CryptographicException("There is no BEGIN CERTIFICATE in it.");
        }
        catch (CryptographicException error)
        {
            throw new CliException(ExitCode.Usage, $"--ca: '{path}' holds no certificate that can be read: give a PEM file. ({error.Message})", error);
        }
    }
}
