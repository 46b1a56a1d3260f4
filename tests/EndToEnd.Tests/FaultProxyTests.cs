using System.Net;
using System.Net.Sockets;
using Andmu.Pipeline;
using EndToEnd.Tests.Support;

namespace EndToEnd.Tests;

/// <summary>The bad network itself: what it promises the other tests.</summary>
public sealed class FaultProxyTests : IDisposable
{
    private readonly ScaledTimeProvider _time = new(10);

    [Fact]
    public async Task Link_BytesAndTheEnd_PassBothWays()
    {
        await using Pair pair = await Pair.ConnectAsync(_time);
        byte[] sent = RandomBytes(300_000);

        Task writing = Task.WhenAll(WriteAsync(pair.Device, sent), WriteAsync(pair.Platform, sent));
        byte[][] received = await Task.WhenAll(ReadToEndAsync(pair.Platform), ReadToEndAsync(pair.Device));
        await writing;

        Assert.Equal(sent, received[0]);
        Assert.Equal(sent, received[1]);
    }

    [Fact]
    public async Task Stall_SenderIsBlockedAfterLittle()
    {
        await using Pair pair = await Pair.ConnectAsync(_time);
        pair.Proxy.Link.Stall(TimeSpan.FromHours(1));

        // A socket that may not wait says how much the kernels and the proxy take before a sender learns of it.
        int taken = await TakenWhileStalledAsync(pair.Device);

        Assert.InRange(taken, FaultyLink.ChunkBytes, FaultProxy.HiddenBytes);
        Assert.Equal(0, pair.Proxy.BytesPassed);
    }

    [Fact]
    public async Task Rate_IsNotExceededByMoreThanTheBurst()
    {
        const double BytesPerSecond = 100_000;
        await using Pair pair = await Pair.ConnectAsync(_time);
        pair.Proxy.Link.BytesPerSecond = BytesPerSecond;
        long start = _time.GetTimestamp();

        byte[] sent = RandomBytes(500_000);
        Task<byte[]> reading = ReadToEndAsync(pair.Platform);
        await WriteAsync(pair.Device, sent);
        Assert.Equal(sent.Length, (await reading).Length);
        TimeSpan taken = _time.GetElapsedTime(start);

        Assert.True(taken >= TimeSpan.FromSeconds((sent.Length / BytesPerSecond) - 0.5), $"500 kB passed in {taken} at 100 kB/s.");
    }

    [Fact]
    public async Task Cut_BothSidesAreReset()
    {
        await using Pair pair = await Pair.ConnectAsync(_time);

        pair.Proxy.Cut();

        Assert.Equal(SocketError.ConnectionReset, await ErrorOfAsync(pair.Device));
        Assert.Equal(SocketError.ConnectionReset, await ErrorOfAsync(pair.Platform));
    }

    [Fact]
    public async Task Refuse_WhatConnectsIsResetUntilTheTimeIsOver()
    {
        using var platform = new TcpListener(IPAddress.Loopback, 0);
        platform.Start();
        await using var proxy = new FaultProxy(EndpointOf(platform), _time);
        proxy.Link.Refuse(TimeSpan.FromHours(1));
        SocketException error = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using Socket refused = await Pair.DialAsync(proxy);
            await ReadToEndAsync(refused);
        });
        proxy.Link.Refuse(TimeSpan.Zero);
        using Socket device = await Pair.DialAsync(proxy);
        using Socket accepted = await platform.AcceptSocketAsync(TestContext.Current.CancellationToken);

        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        Assert.Equal(1, proxy.Accepted);
    }

    public void Dispose() => _time.Dispose();

    private static HedgwEndpoint EndpointOf(TcpListener listener) => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static async Task WriteAsync(Socket to, byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await to.SendAsync(bytes.AsMemory(sent), SocketFlags.None, TestContext.Current.CancellationToken);
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private static async Task<byte[]> ReadToEndAsync(Socket from)
    {
        using var all = new MemoryStream();
        byte[] bytes = new byte[4096];
        while (await from.ReceiveAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken) is > 0 and int count)
        {
            all.Write(bytes, 0, count);
        }

        return all.ToArray();
    }

    private async Task<int> TakenWhileStalledAsync(Socket to)
    {
        to.Blocking = false;
        byte[] bytes = new byte[FaultyLink.ChunkBytes];
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), _time);
        int taken = 0;
        for (int full = 0; full < 20; full++)
        {
            while (to.Send(bytes, SocketFlags.None, out SocketError error) is > 0 and int count && error == SocketError.Success)
            {
                taken += count;
                full = 0;
            }

            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return taken;
    }

    private static async Task<SocketError> ErrorOfAsync(Socket socket)
    {
        SocketException error = await Assert.ThrowsAsync<SocketException>(
            async () => await socket.ReceiveAsync(new byte[1], SocketFlags.None, TestContext.Current.CancellationToken));
        return error.SocketErrorCode;
    }

    private sealed class Pair(TcpListener listener, FaultProxy proxy, Socket device, Socket platform) : IAsyncDisposable
    {
        public FaultProxy Proxy => proxy;

        public Socket Device => device;

        public Socket Platform => platform;

        public static async Task<Pair> ConnectAsync(TimeProvider time)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var proxy = new FaultProxy(EndpointOf(listener), time);
            Socket device = await DialAsync(proxy);
            return new Pair(listener, proxy, device, await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
        }

        public static async Task<Socket> DialAsync(FaultProxy proxy)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(proxy.Endpoint.Host, proxy.Endpoint.Port, TestContext.Current.CancellationToken);
            return socket;
        }

        public async ValueTask DisposeAsync()
        {
            device.Dispose();
            platform.Dispose();
            await proxy.DisposeAsync();
            listener.Dispose();
        }
    }
}
