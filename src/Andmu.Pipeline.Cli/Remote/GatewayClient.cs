using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Andmu.Pipeline.Cli.Remote;

/// <summary>The control port of a gateway that runs on this machine, found by its data directory.</summary>
internal sealed class GatewayClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _directory;

    private GatewayClient(string directory, Uri address, string token)
    {
        _directory = directory;

        // The token goes to this machine alone: through no proxy, and not where an answer points.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan, // the gateway keeps the time of a command; Ctrl-C ends the rest
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    /// <exception cref="CliException">No gateway runs on that directory, or its file cannot be read.</exception>
    public static GatewayClient Open(string directory)
    {
        string path = Path.Combine(directory, "control.json");
        try
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            if (Text(file.RootElement, "token") is { } token
                && Uri.TryCreate(Text(file.RootElement, "address"), UriKind.Absolute, out Uri? address)
                && address.Scheme == Uri.UriSchemeHttp
                && address.Host == IPAddress.Loopback.ToString())
            {
                return new GatewayClient(directory, address, token);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotRunning(directory, e);
        }
        catch (JsonException)
        {
            // As a file that has something else in it.
        }

        throw new CliException(ExitCode.Usage, $"'{path}' is not the file of a gateway. Delete it, and start the gateway again.");
    }

    /// <summary>The devices that are logged in.</summary>
    public Task<JsonDocument> DevicesAsync(CancellationToken cancellationToken) => ReadAsync(HttpMethod.Get, "devices", null, cancellationToken);

    /// <summary>Sends a command and waits for what becomes of it.</summary>
    public async Task<JsonDocument> CommandAsync(
        string device, string name, IReadOnlyDictionary<string, string> parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartObject("parameters");
            foreach ((string parameter, string value) in parameters)
            {
                json.WriteString(parameter, value);
            }

            json.WriteEndObject();
            json.WriteNumber("timeout", timeout.TotalSeconds);
            json.WriteEndObject();
        }

        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        return await ReadAsync(HttpMethod.Post, $"devices/{device}/commands", content, cancellationToken);
    }

    /// <summary>Hands the events over, a line of JSON each; with follow until the gateway stops.</summary>
    public async Task EventsAsync(string? device, bool follow, Action<string> take, CancellationToken cancellationToken)
    {
        string path = $"events?follow={(follow ? 1 : 0)}{(device is null ? "" : "&device=" + device)}";
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        try
        {
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                take(line);
            }
        }
        catch (Exception e) when (e is HttpIOException or IOException)
        {
            throw new CliException(ExitCode.Network, "The gateway has ended without a word.", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> ReadAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(method, path, content, cancellationToken);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            // Its file stays when a gateway is killed.
            throw NotRunning(_directory, e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusedAsync(response, cancellationToken);
        }
    }

    private static async Task<CliException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string message = $"the gateway answered {(int)response.StatusCode}";
        try
        {
            using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            message = Text(body.RootElement, "error") ?? message;
        }
        catch (JsonException)
        {
            // The status says what there is to say.
        }

        ExitCode exitCode = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => ExitCode.Usage,
            HttpStatusCode.Unauthorized => ExitCode.Authentication,
            _ => ExitCode.Failure,
        };
        return new CliException(exitCode, message);
    }

    private static CliException NotRunning(string directory, Exception cause) => new(
        ExitCode.Network, $"No gateway runs on the directory '{directory}'. Start one (andmu gateway --data DIR), or name its directory with --data.", cause);

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
