using System.Text;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>
/// Has the device fetch and install a package; how it goes is told by <see cref="Reports.FirmwareProgress"/> (specification 5.2.9.14,
/// request 4097).
/// </summary>
/// <param name="Kind">What the package holds (<c>serviceType</c>).</param>
/// <param name="Url">Where it is, http or https. <see cref="ToString"/> shows scheme and host alone, for the rest may hold a token.</param>
/// <param name="Version">Version of the package (<c>newServiceVersion</c>).</param>
/// <param name="Md5">MD5 of the package (<c>checkSum</c>), 32 hexadecimal digits in lower case.</param>
public sealed record UpgradeFirmware(FirmwareKind Kind, Uri Url, string Version, string Md5) : ControlCommand
{
    internal override CommandCode Number => new(4097, null);

    /// <summary>What <c>ToString</c> shows: of the address no more than whose it is.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append($", Kind = {Kind}, Url = {Url.Scheme}://{Url.Host}/..., Version = {Version}, Md5 = {Md5}");
        return true;
    }
}
