using Microsoft.AspNetCore.Connections;

namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>Kestrel's way in: one call for each connection, after its TLS handshake.</summary>
internal sealed class HedgwConnectionHandler(Platform platform) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var hedgw = new HedgwConnection(platform, connection);
        await hedgw.RunAsync();
    }
}
