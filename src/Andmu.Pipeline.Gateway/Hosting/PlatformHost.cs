using System.Net;
using System.Security.Cryptography.X509Certificates;
using Andmu.Pipeline.Gateway.Certificates;
using Andmu.Pipeline.Gateway.Hedgw;
using Andmu.Pipeline.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Gateway.Hosting;

/// <summary>Kestrel with the two listeners, HTTPS and HEDGW.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    // What Kestrel takes from a socket ahead of the reader: small, so that a stalled or throttled reader is felt soon. Half a second of
    // video of 1 Mbit/s; more has not made the gateway faster.
    private const int MaxReadAheadBytes = 64 * 1024;

    private readonly WebApplication _application;

    private PlatformHost(WebApplication application, IPEndPoint openApi, IPEndPoint hedgw)
    {
        _application = application;
        OpenApi = openApi;
        Hedgw = hedgw;
    }

    public IPEndPoint OpenApi { get; }

    public IPEndPoint Hedgw { get; }

    public static async Task<PlatformHost> StartAsync(
        GatewayOptions options,
        X509Certificate2 certificate,
        HedgwConnectionHandler hedgwHandler,
        BatchEndpoint endpoint,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        ListenOptions? openApi = null;
        ListenOptions? hedgw = null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(hedgwHandler);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = MaxReadAheadBytes);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new LargeBlockPool());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BatchEndpoint.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Listen(options.Host, options.OpenApiPort, listen =>
            {
                openApi = listen;
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(tls => TlsSettings.Apply(tls, certificate));
            });
            kestrel.Listen(options.Host, options.HedgwPort, listen =>
            {
                hedgw = listen;
                listen.UseHttps(tls => TlsSettings.Apply(tls, certificate));
                listen.UseConnectionHandler<HedgwConnectionHandler>();
            });
        });
        WebApplication application = builder.Build();
        application.Run(endpoint.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e)
        {
            await application.DisposeAsync();
            if (BindFailure.Explain(e, options) is { } explained)
            {
                throw explained;
            }

            throw;
        }

        return new PlatformHost(application, openApi!.IPEndPoint!, hedgw!.IPEndPoint!);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
