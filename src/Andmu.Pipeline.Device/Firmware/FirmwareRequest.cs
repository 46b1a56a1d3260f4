namespace Andmu.Pipeline.Device.Firmware;

/// <summary>The platform's command to upgrade (request 4097, specification 5.2.9.14), as it came: nothing in it is trusted before the upgrade
/// has checked it.</summary>
/// <param name="Session">The command's <c>msgSession</c>, which every progress message repeats.</param>
/// <param name="ServiceType">What is to be replaced.</param>
/// <param name="Url">Where the package is. May carry a signed query, which is a secret.</param>
/// <param name="NewVersion">The version of the package.</param>
/// <param name="CheckSum">MD5 of the package in 32 hexadecimal digits.</param>
public sealed record FirmwareRequest(long Session, FirmwareServiceType ServiceType, string Url, string NewVersion, string CheckSum)
{
    /// <summary>The request in one line, without the address, whose query may be a secret.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"FirmwareRequest {{ Session = {Session}, ServiceType = {ServiceType}, NewVersion = {NewVersion}, CheckSum = {CheckSum} }}";
}
