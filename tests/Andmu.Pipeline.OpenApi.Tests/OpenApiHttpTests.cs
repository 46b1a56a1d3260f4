using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.OpenApi.Tests;

public sealed class OpenApiHttpTests
{
    [Fact]
    public void CreateHandler_Default_IsHardened()
    {
        using SocketsHttpHandler handler = OpenApiHttp.CreateHandler();
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.False(handler.UseProxy);
        Assert.Equal(SslProtocols.Tls12, handler.SslOptions.EnabledSslProtocols);
        Assert.Null(handler.SslOptions.RemoteCertificateValidationCallback);
        Assert.Null(handler.SslOptions.CertificateChainPolicy);
    }

    [Fact]
    public void CreateHandler_Proxy_IsUsedWhenAskedFor()
    {
        using SocketsHttpHandler handler = OpenApiHttp.CreateHandler(useProxy: true);
        Assert.True(handler.UseProxy);
    }

    [Fact]
    public void CreateHandler_NoRoots_Throws() => Assert.Throws<ArgumentException>(() => OpenApiHttp.CreateHandler(new X509Certificate2Collection()));
}
