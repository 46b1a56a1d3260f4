using System.Net.Sockets;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>The kernel's receive buffer of a throttled connection.</summary>
internal static class ReceiveBuffer
{
    // Linux lets a receive buffer grow by itself to tcp_rmem's third number, 6 MB and more: seconds of video that the device would
    // hold to be sent. Linux doubles this (socket(7)). Measured on loopback, where segments are up to 64 KiB: with half of it TCP
    // stutters and a rate of 10 Mbit/s is missed, with twice as much another 100 KiB are on the way.
    private const int ThrottledBytes = 32 * 1024;

    /// <summary>Bounds it for as long as the connection lasts; there is no way back to a buffer that grows.</summary>
    public static void Bound(Socket? socket)
    {
        try
        {
            if (socket is not null)
            {
                socket.ReceiveBufferSize = ThrottledBytes;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has ended meanwhile.
        }
    }
}
