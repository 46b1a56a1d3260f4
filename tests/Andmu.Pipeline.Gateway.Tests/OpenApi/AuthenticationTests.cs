using System.Globalization;
using System.Net;
using Andmu.Pipeline.Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.OpenApi;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task Call_WithoutCredentials_Gets401InTheFormOfTheSpecification()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2017, 1, 1, 7, 0, 0, TimeSpan.Zero));
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using var client = new ApiClient(gateway) { Authorization = "" };

        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("WSSE realm=\"authcenter\", profile=\"UsernamePwd\"", response.Headers.NonValidated["WWW-Authenticate"].ToString());
        Assert.Equal("2017-01-01T15:00:00+08:00", response.Headers.NonValidated["Date"].ToString());
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(-299, HttpStatusCode.OK)]
    [InlineData(299, HttpStatusCode.OK)]
    [InlineData(-302, HttpStatusCode.Unauthorized)]
    [InlineData(302, HttpStatusCode.Unauthorized)]
    public async Task Call_OffTheClock_IsRefusedPastFiveMinutes(int seconds, HttpStatusCode expected)
    {
        // The window is exact to the second, so the clock stands still: a slow machine must not move a call out of it.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using TestGateway gateway = await TestGateway.StartAsync(o => o with { TimeProvider = time });
        using var client = new ApiClient(gateway) { Created = time.GetUtcNow().AddSeconds(seconds) };

        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Call_Replayed_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway) { Nonce = "6FQHGU7M01ZMIA5G", Created = DateTimeOffset.UtcNow };

        using HttpResponseMessage first = await client.PostAsync(ApiClient.Registration());
        using HttpResponseMessage second = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.Contains("nonce", (await gateway.NextAsync(GatewayNoticeKind.OpenApiRefused)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UsernamePwd Username", "UsernamePwd  Username")]
    [InlineData("UsernamePwd Username", "Username")]
    [InlineData(",Nonce", ", Nonce")]
    [InlineData("PasswordDigest=\"", "PasswordDigest=\"x")]
    [InlineData("Zhejian-", "Zhejiang-")]
    [InlineData("\",Created", "A\",Created")]
    public async Task Call_WithTamperedWsse_IsRefused(string from, string to)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway) { TamperWsse = wsse => wsse.Replace(from, to, StringComparison.Ordinal) };

        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss")]
    [InlineData("yyyy-MM-dd HH:mm:sszzz")]
    [InlineData("r")]
    public async Task Call_WithCreatedOutsideRfc3339_IsRefused(string format)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway) { CreatedText = DateTimeOffset.UtcNow.ToString(format, CultureInfo.InvariantCulture) };

        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'+00:00'")]
    public async Task Call_WithCreatedInRfc3339_IsTaken(string format)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway) { CreatedText = DateTime.UtcNow.ToString(format, CultureInfo.InvariantCulture) };

        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Call_WithWrongSecret_IsRefusedWithoutTellingIt()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway) { Secret = "WrongSecret" };

        using HttpResponseMessage response = await client.PostAsync(ApiClient.Registration());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("Secret", (await gateway.NextAsync(GatewayNoticeKind.OpenApiRefused)).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Call_WithWrongSignature_GetsWrongPassword()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway) { Signature = "0ba53e90b829efe05c6c0c420375f21a" };

        Assert.Equal("10005", (await client.CallAsync(ApiClient.Registration())).GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Call_WithUpperCaseSignature_GetsWrongPassword()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using var client = new ApiClient(gateway);
        string body = client.Form(ApiClient.Registration());
        int start = body.IndexOf("signature=", StringComparison.Ordinal) + 10;
        string upper = body[..start] + body.Substring(start, 32).ToUpperInvariant() + body[(start + 32)..];

        using HttpResponseMessage response = await client.PostBodyAsync(upper);

        Assert.Equal("10005", (await ApiClient.ReadAsync(response)).GetProperty("errorCode").GetString());
    }
}
