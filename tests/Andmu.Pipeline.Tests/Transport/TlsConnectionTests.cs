using Andmu.Pipeline.Transport;

namespace Andmu.Pipeline.Tests.Transport;

public sealed class TlsConnectionTests : ConnectionContract
{
    protected override IUplinkConnector Create(TlsConnectorOptions options) => new TlsConnector(options);
}
