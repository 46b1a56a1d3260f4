using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

[Collection(Allocation.Name)]
public sealed class FlushAllocationTests
{
    private const int Rounds = 5;

    [Theory(Timeout = 60_000)]
    [InlineData(200)]     // a heartbeat
    [InlineData(14_000)]  // a picture
    [InlineData(200_000)] // a batch
    public async Task FlushAsync_NetworkTakesIt_AllocatesNothing(int bytes)
    {
        await using var link = await Link.OpenAsync();
        byte[] content = new byte[bytes];
        Assert.Equal(0, Allocation.Of(200, step =>
        {
            link.Connection.Output.Write(content);
            ValueTask<FlushResult> flush = link.Connection.Output.FlushAsync();
            while (!flush.IsCompleted)
            {
                link.ReceiveSome(); // more than the kernel holds: the rest goes from another thread
            }

            _ = flush.GetAwaiter().GetResult();
            link.ReceiveUntil(link.Connection.BytesSent);
        }));
    }

    /// <summary>The network is slower than the camera, as it often is: every flush waits. Counted over all threads.</summary>
    [Fact(Timeout = 120_000)]
    public async Task FlushAsync_NetworkIsSlow_AllocatesNothing()
    {
        await using var link = await Link.OpenAsync();
        using var stop = new CancellationTokenSource();
        var slow = new Thread(() =>
        {
            while (!stop.IsCancellationRequested && link.ReceiveSome())
            {
                Thread.Yield();
            }
        });
        slow.Start();
        byte[] content = new byte[256 * 1024];
        long least = long.MaxValue;
        int waited = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < 100; i++)
            {
                link.Connection.Output.Write(content);
                ValueTask<FlushResult> flush = link.Connection.Output.FlushAsync();
                waited += flush.IsCompleted ? 0 : 1;
                await flush;
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.True(waited > 0);
        Assert.InRange(least, 0, 100); // less than one byte a flush
        await stop.CancelAsync();
        link.Connection.Abort();
        slow.Join();
    }

    /// <summary>A connection, and a peer whose socket is read without decrypting.</summary>
    private sealed class Link : IAsyncDisposable
    {
        private readonly TestAuthority _authority;
        private readonly TlsServer _server;
        private readonly Socket _peer;
        private readonly byte[] _buffer = new byte[64 * 1024];
        private long _received;

        private Link(TestAuthority authority, TlsServer server, Socket peer, IUplinkConnection connection)
        {
            (_authority, _server, _peer, Connection) = (authority, server, peer, connection);
            _received = connection.BytesSent; // the handshake
        }

        public IUplinkConnection Connection { get; }

        public static async Task<Link> OpenAsync()
        {
            var authority = new TestAuthority();
            var server = new TlsServer();
            using X509Certificate2 certificate = authority.Issue();
            var connector = new OpenSslConnector(new TlsConnectorOptions { TrustedRoots = [authority.Root] });
            Task<IUplinkConnection> connecting = connector.ConnectAsync(server.Endpoint, TestContext.Current.CancellationToken).AsTask();
            NetworkStream raw = await server.AcceptRawAsync();
            var tls = new SslStream(raw, leaveInnerStreamOpen: true); // closed with the socket; its answers would be in the way
            await tls.AuthenticateAsServerAsync(certificate);
            return new Link(authority, server, raw.Socket, await connecting);
        }

        public bool ReceiveSome()
        {
            if (_peer.Poll(100_000, SelectMode.SelectRead))
            {
                int count = _peer.Receive(_buffer);
                _received += count;
                return count > 0;
            }

            return true;
        }

        public void ReceiveUntil(long bytes)
        {
            while (_received < bytes)
            {
                ReceiveSome();
            }
        }

        public async ValueTask DisposeAsync()
        {
            Connection.Abort();
            await Connection.DisposeAsync();
            await _server.DisposeAsync();
            _authority.Dispose();
        }
    }
}
