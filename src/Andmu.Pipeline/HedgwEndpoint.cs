namespace Andmu.Pipeline;

/// <summary>Address of a device gateway (specification 5.1.4).</summary>
/// <param name="Host">IP address or host name; the certificate must be made out to it.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public readonly record struct HedgwEndpoint(string Host, int Port)
{
    /// <summary>HOST:PORT, with brackets around an IPv6 address.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
