using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Andmu.Pipeline.OpenApi;

/// <summary>Where a HEDGW gateway listens (specification 5.1.4).</summary>
public sealed record HedgwAddress
{
    // RFC 1035 2.3.4: a name has at most 255 octets on the wire, which is 253 characters of text.
    private const int MaxHostLength = 253;

    /// <summary>Creates the address.</summary>
    /// <param name="host">Host name in ASCII, or IP address without brackets.</param>
    /// <param name="port">TCP port, 1 to 65535.</param>
    /// <exception cref="ArgumentException">The host is no name and no address.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is out of range.</exception>
    public HedgwAddress(string host, int port)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        if (!IsHost(host))
        {
            throw new ArgumentException("Host is neither a host name nor an IP address.", nameof(host));
        }

        Host = host;
        Port = port;
    }

    /// <summary>Host name or IP address.</summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    internal static bool TryCreate(string? host, int port, [NotNullWhen(true)] out HedgwAddress? address)
    {
        address = host is not null && IsHost(host) && port is >= 1 and <= ushort.MaxValue ? new HedgwAddress(host, port) : null;
        return address is not null;
    }

    private static bool IsHost(string host) =>
        host.Length <= MaxHostLength && Ascii.IsValid(host) && !host.Contains('[')
        && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
