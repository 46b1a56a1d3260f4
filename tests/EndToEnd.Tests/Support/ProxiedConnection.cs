using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Tests.Support;

/// <summary>One connection through a <see cref="FaultProxy"/>: two pumps, one chunk of memory each.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket device, Socket platform, TimeProvider time)
{
    /// <summary>How often a chunk that may not pass yet asks again.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Carries bytes until both sides have closed, or it is reset. Never fails.</summary>
    public async Task RunAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            await platform.ConnectAsync(target, cancellationToken);
            await Task.WhenAll(PumpAsync(device, platform, up: true, cancellationToken), PumpAsync(platform, device, up: false, cancellationToken));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Broken by either side, or by us: the other learns it the same way.
            Reset();
        }

        device.Dispose();
        platform.Dispose();
    }

    public void Reset()
    {
        Reset(device);
        Reset(platform);
    }

    /// <summary>Closing without lingering sends RST.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        socket.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, bool up, CancellationToken cancellationToken)
    {
        byte[] chunk = new byte[FaultyLink.ChunkBytes];
        using var tick = new PeriodicTimer(Tick, time);
        try
        {
            while (await from.ReceiveAsync(chunk, SocketFlags.None, cancellationToken) is > 0 and int count)
            {
                while (!proxy.Link.TryPass(count, limited: up))
                {
                    await tick.WaitForNextTickAsync(cancellationToken);
                }

                for (int sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(chunk.AsMemory(sent, count - sent), SocketFlags.None, cancellationToken);
                }

                if (up)
                {
                    proxy.CountPassed(count);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            Reset(); // at once: the other pump must not wait for a side that is gone
            throw;
        }
    }
}
