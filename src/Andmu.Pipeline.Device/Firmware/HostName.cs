using System.Diagnostics.CodeAnalysis;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>The name by which a host is connected to, whichever way an address or an option writes it (RFC 5891): the only form that is compared.</summary>
internal static class HostName
{
    /// <summary>The name in a host's option; null when it is none, or more than a name.</summary>
    public static string? Of(string? text)
    {
        try
        {
            return IsName(Uri.CheckHostName(text)) ? new UriBuilder(Uri.UriSchemeHttps, text).Uri.IdnHost : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>The name in an address; false when it has none, or one of letters that no name may have.</summary>
    public static bool TryGet(Uri address, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = IsName(address.HostNameType) ? address.IdnHost : null;
        }
        catch (UriFormatException)
        {
            name = null; // Uri finds that out only when it is asked for this form
        }

        return name is not null;
    }

    private static bool IsName(UriHostNameType type) => type is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
