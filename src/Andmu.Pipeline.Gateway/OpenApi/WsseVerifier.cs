using System.Security.Cryptography;
using System.Text;
using Andmu.Pipeline.Gateway.Devices;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>Checks who calls, specification 2.1 and 2.2. Safe for any thread.</summary>
internal sealed class WsseVerifier(GatewayOptions options)
{
    // Specification 2.2: a request more than 5 minutes off is refused.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private const int NonceLength = 16;

    private readonly Lock _gate = new();

    // A request 5 minutes ahead of the clock stays acceptable for 10.
    private readonly NonceWindow _nonces = new(Tolerance * 2);

    /// <summary>Returns null and the caller's device id, or why the call is refused.</summary>
    public string? Verify(string? authorization, string? wsse, out string deviceId)
    {
        deviceId = "";
        if (authorization != WsseHeader.Authorization)
        {
            return $"the Authorization header is not '{WsseHeader.Authorization}'";
        }

        if (!WsseHeader.TryParse(wsse, out WsseHeader header))
        {
            return "the X-WSSE header does not have the form of specification 2.1";
        }

        if (header.Nonce.Length != NonceLength)
        {
            return $"the nonce has {header.Nonce.Length} characters, not 16";
        }

        if (!Rfc3339.TryParse(header.Created, out DateTimeOffset created))
        {
            return "Created is not an RFC 3339 time with an offset";
        }

        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        if ((now - created).Duration() > Tolerance)
        {
            return $"Created is {(long)(created - now).TotalSeconds} s off the platform's clock, more than 5 minutes";
        }

        string prefix = options.AccessKey + "-";
        if (!header.Username.StartsWith(prefix, StringComparison.Ordinal))
        {
            return "the user name does not start with the access key and a hyphen";
        }

        if (!DigestMatches(header))
        {
            return "the password digest is wrong";
        }

        lock (_gate)
        {
            if (!_nonces.TryAdd(header.Username + header.Nonce, now))
            {
                return "the nonce was used before";
            }
        }

        deviceId = header.Username[prefix.Length..];
        return null;
    }

    private bool DigestMatches(WsseHeader header)
    {
        byte[] digest = SHA1.HashData(Encoding.UTF8.GetBytes(header.Nonce + header.Created + options.AccessSecret));
        return DeviceRegistry.Matches(Convert.ToBase64String(digest), header.PasswordDigest);
    }
}
