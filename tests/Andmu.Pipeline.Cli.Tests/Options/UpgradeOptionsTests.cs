using System.CommandLine;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Device.Firmware;
using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Cli.Tests.Options;

public sealed class UpgradeOptionsTests
{
    [Fact]
    public void Read_Nothing_VerifiedAndOverHttpsAlone()
    {
        FirmwareOptions options = Read();

        Assert.NotNull(options.Verifier);
        Assert.False(options.AllowUnverified);
        Assert.False(options.AllowPlainHttp);
    }

    [Fact]
    public void Read_Both_AnythingFromAnywhere()
    {
        FirmwareOptions options = Read("--accept-any-firmware", "--allow-plain-http-firmware");

        Assert.Null(options.Verifier);
        Assert.True(options.AllowUnverified);
        Assert.True(options.AllowPlainHttp);
    }

    private static FirmwareOptions Read(params string[] args)
    {
        var options = new UpgradeOptions();
        var verb = new Command("verb");
        options.AddTo(verb);
        using FirmwareStaging staging = FirmwareStaging.In(null);
        FirmwareOptions read = options.Read(verb.Parse(args), new CameraFirmware(static _ => { }), staging, new TlsConnectorOptions());
        Assert.Equal(staging.Directory, read.StagingDirectory);
        return read;
    }
}
