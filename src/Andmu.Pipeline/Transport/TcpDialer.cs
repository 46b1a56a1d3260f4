using System.Net;
using System.Net.Sockets;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Transport;

/// <summary>Connects over TCP, to the first of a name's addresses that answers. What every transport begins with.</summary>
internal static class TcpDialer
{
    /// <exception cref="UplinkException">No address of it could be reached.</exception>
    public static async Task<Socket> DialAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            SocketException? last = null;
            foreach (IPAddress address in await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken))
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(address, endpoint.Port, cancellationToken);
                    return socket;
                }
                catch (SocketException error)
                {
                    socket.Dispose();
                    last = error;
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            }

            throw last ?? new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception error) when (error is SocketException or ArgumentException) // a name that is none comes from outside, too
        {
            throw new UplinkException(UplinkFaultKind.ConnectFailed, $"No connection to {endpoint}: {error.Message}.", error);
        }
    }
}
