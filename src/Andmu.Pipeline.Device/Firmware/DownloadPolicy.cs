using System.Buffers;
using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Which commands are followed, and which redirects. Pure.</summary>
internal sealed class DownloadPolicy(FirmwareOptions options)
{
    // What a server may have to take (RFC 9110 4.1 recommends 8000 octets); a signed address has some hundreds.
    private const int MaxUrlLength = 8000;

    // Versions look like 1.0.0.526 (specification 5.2.9.14). They go to log and messages.
    private const int MaxVersionLength = 64;

    private const int CheckSumLength = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string?[] _allowedHosts = [.. options.AllowedHosts.Select(HostName.Of)];

    /// <summary>The address of a command that may be followed.</summary>
    /// <exception cref="FirmwareException">It may not be.</exception>
    public Uri Check(FirmwareRequest request)
    {
        if (options.Verifier is null && !options.AllowUnverified)
        {
            throw new FirmwareException(
                "Refused: the device has nothing to verify a package's signature with, and an MD5 does not say who made it. " +
                "Set FirmwareOptions.Verifier, or FirmwareOptions.AllowUnverified to install whatever the platform sends.");
        }

        if (request.Kind is not (FirmwareKind.Firmware or FirmwareKind.CameraApp))
        {
            throw new FirmwareException("Refused: the service type is neither 1 (firmware) nor 2 (camera app).");
        }

        if (!IsVersion(request.NewVersion))
        {
            throw new FirmwareException($"Refused: the new version is not 1 to {MaxVersionLength} visible ASCII characters.");
        }

        if (request.CheckSum is not { Length: CheckSumLength } || request.CheckSum.AsSpan().ContainsAnyExcept(HexDigits))
        {
            throw new FirmwareException("Refused: the checksum is not an MD5 of 32 hexadecimal digits.");
        }

        return CheckAddress(request.Url);
    }

    /// <summary>Where a redirect leads, if it may be followed.</summary>
    /// <param name="first">The command's address.</param>
    /// <param name="from">Which address redirects.</param>
    /// <param name="location">Where to, perhaps relative; null when it is missing or no address.</param>
    /// <exception cref="FirmwareException">It may not be followed.</exception>
    public Uri Redirect(Uri first, Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out Uri? target) || target.AbsoluteUri.Length > MaxUrlLength)
        {
            throw new FirmwareException($"Refused: {from.IdnHost} redirects to what is no address.");
        }

        if (target.Scheme != Uri.UriSchemeHttps)
        {
            throw new FirmwareException($"Refused: {from.IdnHost} redirects to {target.Scheme}, not to https.");
        }

        if (target.UserInfo.Length > 0)
        {
            throw new FirmwareException($"Refused: {from.IdnHost} redirects to an address with credentials.");
        }

        if (!HostName.TryGet(target, out string? host))
        {
            throw new FirmwareException($"Refused: {from.IdnHost} redirects to what is no address.");
        }

        return IsAllowed(host, first.IdnHost)
            ? target
            : throw new FirmwareException(
                $"Refused: {from.IdnHost} redirects to {host}, which is not a host for packages (FirmwareOptions.AllowedHosts).");
    }

    public static bool IsVersion(string? version)
    {
        return version is { Length: > 0 and <= MaxVersionLength } && !version.AsSpan().ContainsAnyExceptInRange('!', '~');
    }

    private Uri CheckAddress(string? text)
    {
        if (text is not { Length: > 0 and <= MaxUrlLength } || !Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ||
            (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || !HostName.TryGet(url, out string? host))
        {
            throw new FirmwareException("Refused: the address is not an https address.");
        }

        if (url.Scheme == Uri.UriSchemeHttp && !options.AllowPlainHttp)
        {
            throw new FirmwareException(
                "Refused: the address is plain http. Serve the package over https, or set FirmwareOptions.AllowPlainHttp.");
        }

        if (url.UserInfo.Length > 0)
        {
            throw new FirmwareException("Refused: the address holds credentials.");
        }

        return IsAllowed(host, host)
            ? url
            : throw new FirmwareException($"Refused: {host} is not a host for packages (FirmwareOptions.AllowedHosts).");
    }

    private bool IsAllowed(string host, string first) => _allowedHosts.Length == 0
        ? host.Equals(first, StringComparison.OrdinalIgnoreCase)
        : _allowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
