using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Andmu.Pipeline.Gateway.Hosting;

/// <summary>Turns a failed bind into words that name the port.</summary>
internal static class BindFailure
{
    /// <summary>What failed at one of the two ports that devices use.</summary>
    public static GatewayException? Explain(Exception failure, GatewayOptions options)
    {
        (int port, string name) = IsBusy(options.Host, options.OpenApiPort) ? (options.OpenApiPort, "OpenAPI") : (options.HedgwPort, "HEDGW");
        return Explain(failure, options.Host, port, name);
    }

    /// <summary>What failed at a port; null when it was something else.</summary>
    public static GatewayException? Explain(Exception failure, IPAddress host, int port, string name)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return Busy(host, port, name, failure);
            }

            if (cause is SocketException { SocketErrorCode: SocketError.AddressNotAvailable })
            {
                return new GatewayException(
                    GatewayFailure.AddressNotAvailable,
                    $"{host} is not an address of this machine. Use 127.0.0.1, one of its own addresses, or 0.0.0.0 for all of them.",
                    failure);
            }

            if (cause is SocketException { SocketErrorCode: SocketError.AccessDenied })
            {
                return new GatewayException(
                    GatewayFailure.AddressNotAvailable,
                    "This user may not listen on a port below 1024. Choose ports from 1024 up.",
                    failure);
            }
        }

        return null;
    }

    private static GatewayException Busy(IPAddress host, int port, string name, Exception failure) => new(
        GatewayFailure.PortBusy,
        $"Port {port} on {host}, wanted for {name}, is in use by another program. Stop that program (ss -ltnp 'sport = :{port}' names it), or choose another port; 0 takes any free one.",
        failure);

    // The server's error does not say in a lasting form which of the two ports it was.
    private static bool IsBusy(IPAddress host, int port)
    {
        if (port == 0)
        {
            return false;
        }

        using var probe = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(host, port));
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
