using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Benchmarks.Uplink;

/// <summary>Connects to nothing, at once.</summary>
internal sealed class NullConnector : IUplinkConnector
{
    public NullConnection Connection { get; } = new();

    public ValueTask<IUplinkConnection> ConnectAsync(HedgwEndpoint endpoint, CancellationToken cancellationToken) => new(Connection);
}
