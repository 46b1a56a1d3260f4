using System.Net;

namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>A platform that gives every request the same answer.</summary>
internal sealed class AnsweringHandler : HttpMessageHandler
{
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public byte[] Body { get; set; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(Status) { Content = new ByteArrayContent(Body), RequestMessage = request });
}
