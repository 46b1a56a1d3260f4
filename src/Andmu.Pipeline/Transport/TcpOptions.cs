using System.Net.Sockets;

namespace Andmu.Pipeline.Transport;

/// <summary>What Linux tells of a TCP connection, and is told about it.</summary>
internal static class TcpOptions
{
    private const int SolTcp = 6;             // IPPROTO_TCP, <netinet/in.h>
    private const int TcpInfo = 11;           // TCP_INFO, <linux/tcp.h>
    private const int BytesAckedOffset = 120; // tcpi_bytes_acked of struct tcp_info, since Linux 4.1
    private const int TcpNotSentLowat = 25;   // TCP_NOTSENT_LOWAT, <linux/tcp.h>

    /// <summary>What the kernel takes without being able to send it. By itself it takes up to 4 MiB (tcp_wmem), eight seconds of 4 Mbit/s, and what it has taken
    /// cannot be given up for something newer, nor overtaken by an event.</summary>
    public const int UnsentBytes = 64 * 1024;

    /// <summary>The same while much is sent at once, which is so on a network that takes it (<see cref="Session.BatchSize"/>): being woken for every
    /// 64 KiB of it would cost a twentieth of all there is to do.</summary>
    public const int UnsentBytesInBulk = 256 * 1024;

    /// <summary>Bytes that the peer's TCP has confirmed, or null where the kernel does not say.</summary>
    public static long? BytesAcknowledged(Socket socket)
    {
        Span<byte> info = stackalloc byte[BytesAckedOffset + sizeof(ulong)];
        try
        {
            int length = socket.GetRawSocketOption(SolTcp, TcpInfo, info);
            // The SYN counts as one.
            return length < info.Length ? null : Math.Max(0, BitConverter.ToInt64(info[BytesAckedOffset..]) - 1);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    /// <summary>From now on the kernel holds no more than so much of what it cannot send yet.</summary>
    public static void LimitUnsent(Socket socket, int bytes)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(value, bytes);
        try
        {
            socket.SetRawSocketOption(SolTcp, TcpNotSentLowat, value);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // A kernel before 3.12: more of the backlog lies where nobody can drop it. Or the connection is gone, as the send will show.
        }
    }

    /// <summary>Ends both halves at once and wakes what is pending; the descriptor stays for <see cref="BytesAcknowledged"/>.</summary>
    public static void Abort(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Broken or closed already, which is what was wanted.
        }
    }

    /// <summary>Tells the peer's TCP that nothing more comes.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}
