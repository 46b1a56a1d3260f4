namespace Andmu.Pipeline.Control;

/// <summary>Installs another version (specification 5.2.9.14; request 4097). How far it is, the device tells by <see cref="FirmwareProgress"/>.</summary>
/// <param name="Target">What is replaced.</param>
/// <param name="Url">Where the package is. From outside, and plain http in the specification's own example: whom to trust is the device's decision.</param>
/// <param name="Version">The version that it brings.</param>
/// <param name="Md5">MD5 of the package, 32 hexadecimal digits in lower case: tells a broken download, not a forged one.</param>
public sealed record UpgradeFirmware(UpgradeTarget Target, Uri Url, string Version, string Md5) : ControlCommand
{
    /// <summary>Without the address' query, which may hold a signature, and without a user and password in it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"UpgradeFirmware {{ Target = {Target}, Url = {Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}, Version = {Version}, Md5 = {Md5} }}";
}

/// <summary>What an upgrade replaces.</summary>
public enum UpgradeTarget
{
    /// <summary>The firmware.</summary>
    Firmware = 1,

    /// <summary>The camera's application.</summary>
    CameraApp = 2,
}
