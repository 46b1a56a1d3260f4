using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.Gateway.Certificates;

/// <summary>The names and addresses under which devices reach this machine: always the loopback ones, and what it listens on.</summary>
internal sealed class ServerNames
{
    private readonly string[] _hosts;
    private readonly IPAddress[] _addresses;

    private ServerNames(IEnumerable<string> hosts, IEnumerable<IPAddress> addresses)
    {
        _hosts = [.. hosts.Distinct(StringComparer.OrdinalIgnoreCase)];
        _addresses = [.. addresses.Distinct()];
    }

    public static ServerNames For(IPAddress listenAddress)
    {
        List<string> hosts = ["localhost"];
        List<IPAddress> addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];
        if (listenAddress.Equals(IPAddress.Any) || listenAddress.Equals(IPAddress.IPv6Any))
        {
            hosts.Add(Dns.GetHostName());
            addresses.AddRange(LocalAddresses());
        }
        else
        {
            addresses.Add(listenAddress);
        }

        return new ServerNames(hosts, addresses);
    }

    public X509Extension ToExtension()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string host in _hosts)
        {
            builder.AddDnsName(host);
        }

        foreach (IPAddress address in _addresses)
        {
            builder.AddIpAddress(address);
        }

        return builder.Build();
    }

    public bool AreCoveredBy(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is not null
            && _hosts.All(host => names.EnumerateDnsNames().Contains(host, StringComparer.OrdinalIgnoreCase))
            && _addresses.All(names.EnumerateIPAddresses().Contains);
    }

    // Link-local addresses are left out: they carry a scope, which a certificate cannot name.
    private static IEnumerable<IPAddress> LocalAddresses() =>
        from adapter in NetworkInterface.GetAllNetworkInterfaces()
        where adapter.OperationalStatus == OperationalStatus.Up
        from unicast in adapter.GetIPProperties().UnicastAddresses
        where !unicast.Address.IsIPv6LinkLocal
        select unicast.Address;
}
