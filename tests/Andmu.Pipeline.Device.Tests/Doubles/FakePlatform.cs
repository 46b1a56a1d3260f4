using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>A call that arrived at the platform.</summary>
internal sealed record PlatformCall(string Name, DateTimeOffset At, JsonElement Request, string Signature, string Wsse);

/// <summary>The OpenAPI as an HTTP handler: answers each call with the next step of its script, and with success when it has none.</summary>
internal sealed class FakePlatform(VirtualTime time) : HttpMessageHandler
{
    public const string Register = "ADD_CAMERA";
    public const string BindInfo = "GET_CAMERA_BIND_INFO";
    public const string Settings = "GET_CAMERA_SETTINGS";
    public const string Update = "SET_CAMERA_SETTINGS";
    public const string Capabilities = "SET_CAMERA_CAPACITY";
    public const string Info = "SET_CAMERA_INFO";
    public const string Address = "GET_CAMERA_CHN_ADDR";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _script = [];
    private readonly List<PlatformCall> _calls = [];
    private readonly Signal _called = new();

    public string Host { get; set; } = "gateway.example";

    public IReadOnlyList<PlatformCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public IEnumerable<string> Names => Calls.Select(static call => call.Name);

    public int Count(string call) => Names.Count(name => name == call);

    public Task CalledAsync(string call, int times) => _called.WhenAsync(() => Count(call) >= times);

    public void Script(string call, params Func<HttpResponseMessage>[] answers)
    {
        lock (_lock)
        {
            _script[call] = new Queue<Func<HttpResponseMessage>>(answers);
        }
    }

    public static Func<HttpResponseMessage> Refuse(string errorCode) => () => Json($$"""{"errorCode":"{{errorCode}}","description":"no"}""");

    /// <summary>Names the user who has bound the device; empty for nobody yet.</summary>
    public static Func<HttpResponseMessage> Bound(string mobile, string token) => () => Json(
        $$"""{"errorCode":"0","msgType":"MSG_P_THD_{{BindInfo}}_RSP","userMobile":"{{mobile}}","userToken":"{{token}}"}""");

    /// <summary>Settings with just that in them.</summary>
    public static Func<HttpResponseMessage> Settled(string camRw) =>
        () => Json($$"""{"errorCode":"0","description":"","msgType":"MSG_P_THD_{{Settings}}_RSP","camRW":{{camRw}}}""");

    public static Func<HttpResponseMessage> Status(HttpStatusCode status, string? date = null) => () =>
    {
        var response = new HttpResponseMessage(status);
        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        return response;
    };

    public static HttpResponseMessage Unreachable() =>
        throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");

    public static HttpResponseMessage Unverified() => throw new HttpRequestException(
        HttpRequestError.SecureConnectionError, "TLS", new AuthenticationException("The remote certificate is invalid: UntrustedRoot"));

    public static HttpResponseMessage HandshakeBroken() =>
        throw new HttpRequestException(HttpRequestError.SecureConnectionError, "TLS", new IOException("Unexpected end of the stream"));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
        Dictionary<string, string> form = reader.ReadToEnd().Split('&').Select(static pair => pair.Split('='))
            .ToDictionary(static pair => pair[0], static pair => WebUtility.UrlDecode(pair[1]));
        JsonElement json = JsonElement.Parse(form["jsonObject"]);
        string name = json.GetProperty("msgType").GetString()!["MSG_P_THD_".Length..^"_REQ".Length];
        Func<HttpResponseMessage>? scripted;
        lock (_lock)
        {
            _calls.Add(new PlatformCall(name, time.GetUtcNow(), json, form["signature"], request.Headers.GetValues("X-WSSE").Single()));
            scripted = _script.TryGetValue(name, out var steps) && steps.TryDequeue(out var step) ? step : null;
        }

        _called.Set();
        HttpResponseMessage response = scripted?.Invoke() ?? Success(name);
        response.RequestMessage = request;
        return Task.FromResult(response);
    }

    private HttpResponseMessage Success(string name)
    {
        string answer = name switch
        {
            Register => $"""
                ,"deviceToken":"{World.DeviceToken}","unifiedId":"{World.UnifiedId}"
                """,
            Settings => """
                ,"camRW":{"title":"Front door","status":"On"}
                """,
            Address => $"""
                ,"serverAddr":"{Host}","serverPort":"50922"
                """,
            _ => "",
        };
        return Json($$"""{"errorCode":"0","description":"","msgType":"MSG_P_THD_{{name}}_RSP"{{answer}}}""");
    }

    private static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
