using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>One OpenAPI call with every part open to tampering; a plain HttpClient beneath.</summary>
internal sealed class ApiClient : IDisposable
{
    public const string DeviceId = "110234567894562";

    private readonly HttpClient _http;
    private readonly Uri _address;

    public ApiClient(TestGateway gateway)
    {
        _address = gateway.Server.OpenApiAddress;
        _http = new HttpClient(new SocketsHttpHandler
        {
            Expect100ContinueTimeout = Timeout.InfiniteTimeSpan,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { gateway.LoadAuthority() },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
    }

    public string AccessKey { get; set; } = TestGateway.AccessKey;

    public string Secret { get; set; } = TestGateway.AccessSecret;

    public string? Nonce { get; set; }

    public DateTimeOffset? Created { get; set; }

    public string? CreatedText { get; set; }

    public string? Signature { get; set; }

    public string Authorization { get; set; } = "WSSE profile=\"UsernamePwd\"";

    public Func<string, string> TamperWsse { get; set; } = wsse => wsse;

    public static string Json(string type, string extra = "", string deviceId = DeviceId, string mac = "2059a074e0bc") =>
        $$"""{"msgType":"{{type}}","deviceMacAddress":"{{mac}}","deviceId":"{{deviceId}}"{{(extra.Length > 0 ? "," + extra : "")}}}""";

    public static string Registration(string mobile = "13888888888") => Json(
        "MSG_P_THD_ADD_CAMERA_REQ",
        $$"""
        "userMobile":"{{mobile}}","userToken":"e10adc","deviceModelId":"Zhejian_zj_cnmobile_001","comment":"['HW':'3RD-X01','FEATURE':0]"
        """.Trim());

    public Task<HttpResponseMessage> PostAsync(string json) => PostBodyAsync(Form(json));

    public string Form(string json)
    {
        string signature = Signature ?? Hex(MD5.HashData(Encoding.UTF8.GetBytes($"{Secret}accessKey={AccessKey}jsonObject={json}")));
        return $"accessKey={Uri.EscapeDataString(AccessKey)}&signature={signature}&jsonObject={Uri.EscapeDataString(json)}";
    }

    public async Task<HttpResponseMessage> PostBodyAsync(string body, string? path = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path is null ? _address : new Uri(_address, path));
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.ExpectContinue = true; // a refusal is read before the body is sent, or the connection may be gone before it is read
        request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        request.Headers.TryAddWithoutValidation("X-WSSE", TamperWsse(Wsse()));
        return await _http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> GetAsync() => await _http.GetAsync(_address);

    public async Task<JsonElement> CallAsync(string json)
    {
        using HttpResponseMessage response = await PostAsync(json);
        return await ReadAsync(response);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Registers and returns the device token.</summary>
    public async Task<(string Token, string UnifiedId)> RegisterAsync()
    {
        JsonElement answer = await CallAsync(Registration());
        Assert.Equal("0", answer.GetProperty("errorCode").GetString());
        return (answer.GetProperty("deviceToken").GetString()!, answer.GetProperty("unifiedId").GetString()!);
    }

    public void Dispose() => _http.Dispose();

    private string Wsse()
    {
        string nonce = Nonce ?? RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16);
        string created = CreatedText
            ?? (Created ?? DateTimeOffset.UtcNow).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        string digest = Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(nonce + created + Secret)));
        return $"UsernamePwd Username=\"{AccessKey}-{DeviceId}\",PasswordDigest=\"{digest}\",Nonce=\"{nonce}\",Created=\"{created}\"";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
