using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Transport;
using Andmu.Pipeline.Transport.OpenSsl;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>Whom a simulated camera trusts. There is no option to trust everybody.</summary>
internal sealed class TrustOptions
{
    private const string SslStream = "sslstream";
    private const string OpenSsl = "openssl";

    private readonly Option<string?> _ca = new("--ca")
    {
        Description = "PEM file with the certificate of the authority to trust, instead of the system's.",
        HelpName = "FILE",
    };

    private readonly Option<string> _tls = new("--tls")
    {
        Description = "The TLS library: .NET's SslStream, or straight the system's OpenSSL. The OpenAPI's calls go by .NET's.",
        DefaultValueFactory = _ => SslStream,
    };

    public TrustOptions() => _tls.AcceptOnlyFromAmong(SslStream, OpenSsl);

    public void AddTo(Command verb)
    {
        verb.Options.Add(_ca);
        verb.Options.Add(_tls);
    }

    /// <summary>The transport that was chosen, with whom it trusts.</summary>
    /// <exception cref="CliException">OpenSSL is not there, or the file is not there, or holds no certificate.</exception>
    public IUplinkConnector CreateConnector(ParseResult parsed)
    {
        TlsConnectorOptions options = Read(parsed);
        if (parsed.GetValue(_tls) != OpenSsl)
        {
            return new TlsConnector(options);
        }

        try
        {
            return new OpenSslConnector(options);
        }
        catch (Exception error) when (error is DllNotFoundException or InvalidOperationException)
        {
            throw new CliException(ExitCode.Usage, $"--tls openssl: {error.Message}", error);
        }
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
