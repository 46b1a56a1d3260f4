using System.Text.Encodings.Web;
using Andmu.Pipeline.OpenApi.Authentication;
using Andmu.Pipeline.OpenApi.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>What every request has in common: address, headers, form, signature.</summary>
public sealed class RequestTests
{
    private const string Ok = """{"errorCode":"0","msgType":"MSG_P_THD_ADD_CAMERA_RSP","deviceToken":"T","unifiedId":"U"}""";

    [Fact]
    public async Task Request_Any_IsAPostOfAFormToTheServiceOnAShortConnection()
    {
        SentRequest sent = await SendAsync();
        Assert.Equal(HttpMethod.Post, sent.Method);
        Assert.Equal("https://openapi.example/andmu/v2/service/batch", sent.Uri.AbsoluteUri);
        Assert.Equal("application/x-www-form-urlencoded", sent.ContentType);
        Assert.True(sent.ConnectionClose);
    }

    [Fact]
    public async Task Request_Any_IsSignedOverTheJsonBeforeEncoding()
    {
        SentRequest sent = await SendAsync();
        Assert.Equal("Zhejian", sent.AccessKey);
        Assert.Equal(RequestSignature.Compute(Sample.Secret, "Zhejian", sent.JsonObject), sent.Signature);
        Assert.StartsWith($"accessKey=Zhejian&signature={sent.Signature}&jsonObject=%7B%22msgType", sent.RawBody, StringComparison.Ordinal);
        Assert.DoesNotContain("'", sent.RawBody, StringComparison.Ordinal);
        Assert.Contains("['HW':'3RD-X01','FEATURE':0]", sent.JsonObject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Any_CarriesTheWsseHeaders()
    {
        SentRequest sent = await SendAsync();
        Assert.Equal("WSSE profile=\"UsernamePwd\"", sent.Authorization);
        Assert.StartsWith("UsernamePwd Username=\"Zhejian-110234567894562\",PasswordDigest=\"", sent.Wsse, StringComparison.Ordinal);
        Assert.Equal("2017-01-01T15:00:00+08:00", sent.WssePart("Created"));
        Assert.Equal(WsseHeader.Digest(sent.WssePart("Nonce"), sent.WssePart("Created"), Sample.Secret, hexDigest: false), sent.WssePart("PasswordDigest"));
    }

    [Fact]
    public async Task Request_HexPasswordDigest_CarriesBase64OfDigits()
    {
        SentRequest sent = await SendAsync(Sample.Options with { HexPasswordDigest = true });
        Assert.Equal(WsseHeader.Digest(sent.WssePart("Nonce"), sent.WssePart("Created"), Sample.Secret, hexDigest: true), sent.WssePart("PasswordDigest"));
        Assert.Equal(56, sent.WssePart("PasswordDigest").Length);
    }

    [Fact]
    public async Task Request_Two_HaveDifferentNonces()
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(Ok));
        OpenApiClient client = Sample.Client(handler);
        await client.RegisterAsync(Sample.Register);
        await client.RegisterAsync(Sample.Register);
        Assert.NotEqual(handler.Requests[0].WssePart("Nonce"), handler.Requests[1].WssePart("Nonce"));
    }

    [Fact]
    public async Task Request_NonAsciiAndHtmlCharacters_SurviveTheForm()
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(Ok));
        await Sample.Client(handler).RegisterAsync(Sample.Register with { UserToken = "a+b c&d=e%f<和目>😀" });
        Assert.Contains("\"userToken\":\"a+b c&d=e%f<和目>", handler.Requests[0].JsonObject, StringComparison.Ordinal);
        Assert.Equal(
            handler.Requests[0].Signature, RequestSignature.Compute(Sample.Secret, "Zhejian", handler.Requests[0].JsonObject));
    }

    [Fact]
    public async Task Client_FromAFactory_LeavesTheHttpClientAsItWas()
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(Ok));
        var services = new ServiceCollection();
        services.AddHttpClient("andmu").ConfigurePrimaryHttpMessageHandler(() => handler).RedactLoggedHeaders(["Authorization", "X-WSSE"]);
        await using ServiceProvider provider = services.BuildServiceProvider();
        HttpClient http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("andmu");
        await new OpenApiClient(http, Sample.Options, Sample.Clock()).RegisterAsync(Sample.Register);
        Assert.Null(http.BaseAddress);
        Assert.Empty(http.DefaultRequestHeaders);
        Assert.Equal(TimeSpan.FromSeconds(100), http.Timeout);
        Assert.False(handler.Disposed);
    }

    [Fact]
    public async Task Client_ManyCallsAtOnce_EachGetsItsOwnAnswer()
    {
        using var http = new HttpClient(new EchoHandler());
        var client = new OpenApiClient(http, Sample.Options);
        Registration[] registrations = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => client.RegisterAsync(Sample.Register with { UserToken = $"T{i}" })));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"T{i}"), registrations.Select(registration => registration.DeviceToken));
    }

    private static async Task<SentRequest> SendAsync(OpenApiOptions? options = null)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(Ok));
        await Sample.Client(handler, options: options).RegisterAsync(Sample.Register);
        return Assert.Single(handler.Requests);
    }

    /// <summary>Gives each caller its user token back as the device token.</summary>
    private sealed class EchoHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            SentRequest sent = await SentRequest.ReadAsync(request, cancellationToken);
            await Task.Yield();
            using var json = System.Text.Json.JsonDocument.Parse(sent.JsonObject);
            string token = JavaScriptEncoder.Default.Encode(json.RootElement.GetProperty("userToken").GetString()!);
            return ScriptedHandler.Json($$"""{"errorCode":"0","msgType":"MSG_P_THD_ADD_CAMERA_RSP","deviceToken":"{{token}}","unifiedId":"U"}""");
        }
    }
}
