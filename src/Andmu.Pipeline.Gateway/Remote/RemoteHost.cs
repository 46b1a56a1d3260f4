using System.Net;
using System.Text.Json;
using Andmu.Pipeline.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>The control port: plain HTTP on 127.0.0.1, never on another address, and <c>control.json</c> as long as it is open.</summary>
internal sealed class RemoteHost : IAsyncDisposable
{
    // A list of 25 regions is 1 KiB.
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxConnections = 64;

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stopping;
    private readonly string _path;
    private readonly ControlFile _file;

    private RemoteHost(WebApplication application, CancellationTokenSource stopping, string path, ControlFile file)
    {
        _application = application;
        _stopping = stopping;
        _path = path;
        _file = file;
    }

    /// <summary>Its address.</summary>
    public Uri Address => _file.Address;

    /// <exception cref="GatewayException">The port is taken, or the file cannot be written.</exception>
    public static async Task<RemoteHost> StartAsync(Platform platform, int port, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var stopping = new CancellationTokenSource();
        var guard = new RemoteGuard();
        var endpoint = new RemoteEndpoint(
            guard,
            new RemoteDevices(platform.Sessions, platform.Options.TimeProvider),
            new RemoteEvents(platform.Events, stopping.Token));
        ListenOptions? listener = null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listener = listen;
                listen.Protocols = HttpProtocols.Http1;
            });
        });
        WebApplication application = builder.Build();
        application.Run(endpoint.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
            var address = new Uri($"http://{listener!.IPEndPoint}/");
            var host = new RemoteHost(application, stopping, platform.Data.Control, new ControlFile(address, guard.Token));
            host.WriteFile();
            return host;
        }
        catch (Exception e)
        {
            await application.DisposeAsync();
            stopping.Dispose();
            if (BindFailure.Explain(e, IPAddress.Loopback, port, "control") is { } explained)
            {
                throw explained;
            }

            if (DataDirectory.IsFileFault(e))
            {
                throw DataDirectory.Unusable(platform.Data.Control, e);
            }

            throw;
        }
    }

    /// <summary>Closes the port; who waits for an answer still gets it, who follows events is let go.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        RemoveFile();
        await _stopping.CancelAsync();
        await _application.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _stopping.Dispose();
    }

    private void WriteFile() =>
        DataDirectory.WriteSecretAtomically(_path, JsonSerializer.SerializeToUtf8Bytes(_file, RemoteJson.Default.ControlFile));

    // Another gateway may have been started on the same directory since: its file stays.
    private void RemoveFile()
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(_path), RemoteJson.Default.ControlFile) == _file)
            {
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is JsonException || DataDirectory.IsFileFault(e))
        {
            // A file that is left names a port that nobody answers on.
        }
    }
}
