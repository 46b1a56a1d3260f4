using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>Serves one file over plain http on the loopback address, whatever is asked for, a connection each.</summary>
internal sealed class PackageServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public PackageServer(byte[] package)
    {
        _listener.Start();
        _run = RunAsync(package);
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(byte[] package)
    {
        while (true)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using NetworkStream stream = client.GetStream();
            using var request = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await request.ReadLineAsync(_stop.Token) is { Length: > 0 })
            {
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {package.Length}\r\nConnection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(package, _stop.Token);
        }
    }
}
