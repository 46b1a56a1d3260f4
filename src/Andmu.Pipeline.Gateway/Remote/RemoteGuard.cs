using System.Net;
using System.Security.Cryptography;
using Andmu.Pipeline.Gateway.Devices;
using Microsoft.AspNetCore.Http;

namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>
/// Who may use the control port: who can read <c>control.json</c>. A page in a browser of this machine can send requests to it, too, under a
/// name of its own (DNS rebinding); it knows no token, and a Host other than this address is turned away before that is looked at.
/// </summary>
internal sealed class RemoteGuard
{
    private const string Scheme = "Bearer ";

    private const int DefaultPort = 80; // RFC 9110, 4.2.1

    /// <summary>256 bits, of no use after this run.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <exception cref="RemoteRefusal">The request is not let in.</exception>
    public void Check(HttpContext http)
    {
        HostString host = http.Request.Host;
        if (host.Host != IPAddress.Loopback.ToString() || (host.Port ?? DefaultPort) != http.Connection.LocalPort)
        {
            throw new RemoteRefusal(StatusCodes.Status421MisdirectedRequest, "The Host header is not the address of this control port.");
        }

        string authorization = http.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !DeviceRegistry.Matches(Token, authorization[Scheme.Length..]))
        {
            http.Response.Headers.WWWAuthenticate = Scheme.TrimEnd();
            throw new RemoteRefusal(StatusCodes.Status401Unauthorized, "The token is missing or wrong; it is in control.json of the gateway's data directory.");
        }
    }
}
