using System.Web;

namespace Andmu.Pipeline.OpenApi.Tests.Doubles;

/// <summary>A request as it was sent, its form decoded.</summary>
internal sealed record SentRequest(
    HttpMethod Method, Uri Uri, string Authorization, string Wsse, bool? ConnectionClose, string? ContentType, string RawBody)
{
    public string AccessKey => Field("accessKey");

    public string Signature => Field("signature");

    public string JsonObject => Field("jsonObject");

    public static async Task<SentRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(
        request.Method,
        request.RequestUri!,
        request.Headers.NonValidated["Authorization"].ToString(),
        request.Headers.NonValidated["X-WSSE"].ToString(),
        request.Headers.ConnectionClose,
        request.Content!.Headers.ContentType?.ToString(),
        await request.Content.ReadAsStringAsync(cancellationToken));

    /// <summary>A part of the X-WSSE header.</summary>
    public string WssePart(string name)
    {
        int start = Wsse.IndexOf(name + "=\"", StringComparison.Ordinal) + name.Length + 2;
        return Wsse[start..Wsse.IndexOf('"', start)];
    }

    private string Field(string name) => HttpUtility.ParseQueryString(RawBody)[name]!;
}
