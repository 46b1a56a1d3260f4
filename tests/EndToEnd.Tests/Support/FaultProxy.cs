using System.Net;
using System.Net.Sockets;
using Andmu.Pipeline;

namespace EndToEnd.Tests.Support;

/// <summary>A bad network between an uplink and its platform: real sockets, and TLS passes through end to end.</summary>
/// <remarks>
/// <code>
///   uplink --TLS--> | send buffer | receive buffer |  chunk  | send buffer | --> platform
///                      (kernel)       small          2 KiB       small
///                                               ^ rate, stall, cut
/// </code>
/// <para>What a network hides in its buffers is part of the fault: a sender that is told to slow down only after a minute's worth of video has gone
/// into a kernel's buffers meets no congestion. On loopback that is megabytes, because a segment may have 64 KiB; hence the small segments and
/// buffers here. <c>FaultProxyTests</c> holds the sum to <see cref="HiddenBytes"/>.</para>
/// <para>Everything may be changed at any time from any thread. Times are those of the clock given.</para>
/// </remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    /// <summary>The most that lies between a sender and a link that does not move, both of its kernels' buffers included.</summary>
    public const int HiddenBytes = 128 * 1024;

    private const int SolTcp = 6;       // IPPROTO_TCP, <netinet/in.h>
    private const int TcpMaxSeg = 2;    // TCP_MAXSEG, <linux/tcp.h>
    private const int SegmentBytes = 1400; // as on a network, and not 64 KiB as on loopback: the kernel sizes a send buffer by it
    private const int ReceiveBytes = 4 * 1024; // measured with these two: 77 kB until a sender blocks; with loopback's own sizes 4 MB
    private const int SendBytes = 16 * 1024;

    private readonly IPEndPoint _platform;
    private readonly TimeProvider _time;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<ProxiedConnection> _connections = [];
    private readonly List<Task> _running = [];
    private readonly Task _accepting;
    private long _bytesPassed;

    public FaultProxy(HedgwEndpoint platform, TimeProvider time)
    {
        _platform = new IPEndPoint(IPAddress.Parse(platform.Host), platform.Port);
        _time = time;
        Link = new FaultyLink(time);
        _listener = NewSocket();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>The network's condition.</summary>
    public FaultyLink Link { get; }

    /// <summary>Where the uplink connects to.</summary>
    public HedgwEndpoint Endpoint => new(IPAddress.Loopback.ToString(), ((IPEndPoint)_listener.LocalEndPoint!).Port);

    /// <summary>Connections that were let through since the start.</summary>
    public int Accepted { get; private set; }

    /// <summary>Bytes from device to platform that were let through since the start.</summary>
    public long BytesPassed => Interlocked.Read(ref _bytesPassed);

    /// <summary>Breaks every connection at once, with a reset on both sides; what was under way is lost.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            foreach (ProxiedConnection connection in _connections)
            {
                connection.Reset();
            }
        }
    }

    /// <summary>Breaks every connection, and lets none through for a while: what connects is reset.</summary>
    public void CutAndRefuse(TimeSpan length)
    {
        Link.Refuse(length);
        Cut();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Cut();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    internal void CountPassed(int bytes) => Interlocked.Add(ref _bytesPassed, bytes);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket device = await _listener.AcceptAsync(_stop.Token);
                if (Link.Refuses)
                {
                    ProxiedConnection.Reset(device);
                    continue;
                }

                Accepted++;
                _running.Add(ServeAsync(device));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is closing.
        }
    }

    private async Task ServeAsync(Socket device)
    {
        var connection = new ProxiedConnection(this, device, NewSocket(), _time);
        lock (_lock)
        {
            _connections.Add(connection);
        }

        await connection.RunAsync(_platform, _stop.Token);
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>Sizes are set before connecting or listening: the window is agreed upon then, and accepted sockets inherit them.</summary>
    private static Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = ReceiveBytes,
            SendBufferSize = SendBytes,
        };
        socket.SetRawSocketOption(SolTcp, TcpMaxSeg, BitConverter.GetBytes(SegmentBytes));
        return socket;
    }
}
