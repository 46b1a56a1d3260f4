using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

/// <summary>Alone, because it counts the process's threads.</summary>
[Collection(Allocation.Name)]
public sealed class ManyConnectionsTests
{
    private const int Count = 100;
    private const int Bytes = 200_000;

    [Fact(Timeout = 120_000)]
    public async Task Connector_AHundredConnectionsAtOnce_EachGetsItsOwnBytesBack()
    {
        using var authority = new TestAuthority();
        using X509Certificate2 certificate = authority.Issue();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(Count);
        Task echoing = EchoAsync(listener, certificate);
        var connector = new OpenSslConnector(new TlsConnectorOptions { TrustedRoots = [authority.Root] });
        var endpoint = new HedgwEndpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

        IUplinkConnection[] connections = await Task.WhenAll(
            Enumerable.Range(0, Count).Select(_ => connector.ConnectAsync(endpoint, TestContext.Current.CancellationToken).AsTask()));
        Task<ReadResult>[] reading = [.. connections.Select(c => c.Input.ReadAtLeastAsync(Bytes).AsTask())];
        using (var process = Process.GetCurrentProcess())
        {
            Assert.InRange(process.Threads.Count, 1, Count - 1); // each waits to read, and none of them has a thread for that
        }

        await Task.WhenAll(connections.Select((connection, i) => SendAsync(connection, Content(i))));
        for (int i = 0; i < Count; i++)
        {
            ReadResult read = await reading[i];
            Assert.True(read.Buffer.Slice(0, Bytes).ToArray().AsSpan().SequenceEqual(Content(i)));
            connections[i].Input.AdvanceTo(read.Buffer.End);
            await connections[i].CloseAsync();
            Assert.True((await connections[i].Input.ReadAsync()).IsCompleted);
            await connections[i].DisposeAsync();
        }

        await echoing;
    }

    private static async Task SendAsync(IUplinkConnection connection, byte[] content)
    {
        for (int at = 0; at < Bytes; at += Bytes / 10)
        {
            connection.Output.Write(content.AsSpan(at, Bytes / 10));
            await connection.Output.FlushAsync();
        }
    }

    private static async Task EchoAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var serving = new List<Task>();
        for (int i = 0; i < Count; i++)
        {
            serving.Add(EchoAsync(await listener.AcceptTcpClientAsync(), certificate));
        }

        await Task.WhenAll(serving);
    }

    private static async Task EchoAsync(TcpClient client, X509Certificate2 certificate)
    {
        using (client)
        await using (var tls = new SslStream(client.GetStream()))
        {
            await tls.AuthenticateAsServerAsync(certificate, false, SslProtocols.Tls12, false);
            await tls.CopyToAsync(tls);
            await tls.ShutdownAsync();
        }
    }

    private static byte[] Content(int seed)
    {
        byte[] bytes = new byte[Bytes];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
