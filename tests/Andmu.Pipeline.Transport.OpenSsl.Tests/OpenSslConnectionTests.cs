using Andmu.Pipeline.Tests.Transport;

namespace Andmu.Pipeline.Transport.OpenSsl.Tests;

public sealed class OpenSslConnectionTests : ConnectionContract
{
    protected override IUplinkConnector Create(TlsConnectorOptions options) => new OpenSslConnector(options);
}
