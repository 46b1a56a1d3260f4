using System.Net;
using System.Text;

namespace Andmu.Pipeline.OpenApi.Tests.Doubles;

/// <summary>Answers each request with the next step of its script and keeps what was sent.</summary>
internal sealed class ScriptedHandler(params Func<SentRequest, HttpResponseMessage>[] script) : HttpMessageHandler
{
    private int _next;

    public List<SentRequest> Requests { get; } = [];

    public bool Disposed { get; private set; }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Unauthorized(string? date)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SentRequest sent = await SentRequest.ReadAsync(request, cancellationToken);
        Requests.Add(sent);
        HttpResponseMessage response = script[Math.Min(_next++, script.Length - 1)](sent);
        response.RequestMessage ??= request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        Disposed = true;
        base.Dispose(disposing);
    }
}
