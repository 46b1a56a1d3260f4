using Andmu.Pipeline.Tests.Transport;

namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

public sealed class OpenSslConnectorTests : ConnectorContract
{
    protected override IUplinkConnector Create(TlsConnectorOptions? options = null) => new OpenSslConnector(options);
}
