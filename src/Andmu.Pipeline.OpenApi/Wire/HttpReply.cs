using System.Net;

namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>What is kept of an HTTP response: the body is empty for 401.</summary>
internal readonly record struct HttpReply(HttpStatusCode Status, string? Date, byte[] Body);
