using System.Net;
using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A program that uses the control port, every part open to tampering.</summary>
internal sealed class RemoteClient : IDisposable
{
    private readonly HttpClient _http = new();

    public RemoteClient(TestGateway gateway)
    {
        Path = System.IO.Path.Combine(gateway.DataDirectory, "control.json");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path));
        Address = new Uri(file.RootElement.GetProperty("address").GetString()!);
        Token = file.RootElement.GetProperty("token").GetString()!;
        Authorization = "Bearer " + Token;
    }

    public string Path { get; }

    public Uri Address { get; }

    public string Token { get; }

    public string? Authorization { get; set; }

    public string? Host { get; set; }

    public static Task<TestGateway> StartGatewayAsync() => TestGateway.StartAsync(static options => options with { ControlPort = 0 });

    public Task<(HttpStatusCode Status, string Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(HttpStatusCode Status, string Body)> CommandAsync(string device, string body) =>
        SendAsync(HttpMethod.Post, $"devices/{device}/commands", body);

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? body)
    {
        using HttpRequestMessage request = Request(method, path, body);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The lines of an answer that does not end.</summary>
    public async Task<StreamReader> FollowAsync(string path)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, path, null);
        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    public static string Error(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("error").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path, string? body)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (Authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        }

        request.Headers.Host = Host;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.ExpectContinue = true; // a refusal is read before the body is sent
        }

        return request;
    }
}
