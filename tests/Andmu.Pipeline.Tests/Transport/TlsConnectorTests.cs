using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Tests.Transport;

public sealed class TlsConnectorTests : ConnectorContract
{
    protected override IUplinkConnector Create(TlsConnectorOptions? options = null) => new TlsConnector(options);
}
