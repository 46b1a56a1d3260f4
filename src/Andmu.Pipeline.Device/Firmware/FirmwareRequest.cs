using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>The platform's command to upgrade (request 4097, specification 5.2.9.14) in its session: nothing in it is trusted before the upgrade
/// has checked it.</summary>
/// <param name="Session">The command's <c>msgSession</c>, which every progress message repeats.</param>
/// <param name="Kind">What is to be replaced.</param>
/// <param name="Url">Where the package is. May carry a signed query, which is a secret.</param>
/// <param name="NewVersion">The version of the package.</param>
/// <param name="CheckSum">MD5 of the package in 32 hexadecimal digits.</param>
internal sealed record FirmwareRequest(MessageSession Session, FirmwareKind Kind, string Url, string NewVersion, string CheckSum)
{
    public static FirmwareRequest Of(MessageSession session, UpgradeFirmware command) =>
        new(session, command.Kind, command.Url.OriginalString, command.Version, command.Md5);

    /// <summary>Whether it is this one come twice: the same session or, where the platform gave none, the same words.</summary>
    public bool IsRepeatedBy(FirmwareRequest other) => Session.RawJson is null ? this == other : Session == other.Session;

    /// <summary>The request in one line, without the address, whose query may be a secret.</summary>
    public override string ToString() =>
        $"FirmwareRequest {{ Session = {Session}, Kind = {Kind}, NewVersion = {NewVersion}, CheckSum = {CheckSum} }}";
}
