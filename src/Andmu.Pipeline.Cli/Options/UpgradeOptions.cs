using System.CommandLine;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Cli.Options;

/// <summary>Which packages of firmware a simulated camera takes.</summary>
internal sealed class UpgradeOptions
{
    private readonly Option<bool> _acceptAny = new("--accept-any-firmware")
    {
        Description = "Take any firmware whose MD5 is right. Without it only a package that ends with 'andmu-fw' and the SHA-256 (32 bytes) of what is "
            + "before that. Nothing is installed: the camera says what it would install.",
    };

    private readonly Option<bool> _allowPlainHttp = new("--allow-plain-http-firmware")
    {
        Description = "Fetch firmware over plain http, too. Without it https alone, from whom --ca says.",
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_acceptAny);
        verb.Options.Add(_allowPlainHttp);
    }

    /// <summary>How firmware is upgraded.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="firmware">Who checks and installs it.</param>
    /// <param name="staging">Where packages wait.</param>
    /// <param name="tls">Whom the camera trusts.</param>
    public FirmwareOptions Read(ParseResult parsed, CameraFirmware firmware, FirmwareStaging staging, TlsConnectorOptions tls) => new()
    {
        TrustedRoots = tls.TrustedRoots,
        StagingDirectory = staging.Directory,
        Installer = firmware.InstallAsync,
        Verifier = parsed.GetValue(_acceptAny) ? null : firmware.VerifyAsync,
        AllowUnverified = parsed.GetValue(_acceptAny),
        AllowPlainHttp = parsed.GetValue(_allowPlainHttp),
    };
}
