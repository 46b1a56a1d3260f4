using System.Text.Json;
using System.Threading.Channels;
using Andmu.Pipeline.Gateway.Devices;
using Microsoft.AspNetCore.Http;

namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>Events as lines of JSON: those that there are, and those to come for whoever follows.</summary>
/// <param name="log">The events.</param>
/// <param name="stopping">Ends whoever follows.</param>
internal sealed class RemoteEvents(EventLog log, CancellationToken stopping)
{
    // Who reads slower than events come is let go rather than waited for.
    private const int MaxBehind = 1024;

    private static readonly byte[] NewLine = [(byte)'\n'];

    public async Task WriteAsync(HttpContext http)
    {
        string? device = http.Request.Query.TryGetValue("device", out var id) ? id.ToString() : null;
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        if (http.Request.Query["follow"] != "1")
        {
            await WriteAsync(http, log.Snapshot(), device, http.RequestAborted);
            return;
        }

        Channel<GatewayEvent> coming = Channel.CreateBounded<GatewayEvent>(MaxBehind);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            // Only the wait for the next ends with the gateway: a write that is cancelled resets the connection, and the answer would have no end. Whoever
            // does not read is cut off by the least rate at which the server wants its answers read.
            await WriteAsync(http, log.Follow(coming.Writer), device, http.RequestAborted);
            while (true)
            {
                await WriteAsync(http, [await coming.Reader.ReadAsync(either.Token)], device, http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the gateway stops: the answer ends here.
        }
        finally
        {
            log.Unfollow(coming.Writer);
        }
    }

    private static async Task WriteAsync(HttpContext http, IReadOnlyList<GatewayEvent> events, string? device, CancellationToken cancellationToken)
    {
        foreach (GatewayEvent entry in events)
        {
            if (device is null || entry.DeviceId == device)
            {
                await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, RemoteJson.Default.GatewayEvent), cancellationToken);
                await http.Response.Body.WriteAsync(NewLine, cancellationToken);
            }
        }

        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
