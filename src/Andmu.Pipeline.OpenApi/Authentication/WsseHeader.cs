using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Andmu.Pipeline.OpenApi.Authentication;

/// <summary>The two headers that authenticate a request (specification 2.1).</summary>
/// <remarks>
/// <code>
/// Authorization: WSSE profile="UsernamePwd"
/// X-WSSE: UsernamePwd Username="{accessKey}-{deviceId}",PasswordDigest="{d}",Nonce="{16 characters}",Created="{RFC 3339}"
///         d = Base64( SHA-1( nonce created accessSecret ) )
/// </code>
/// The formula does not say in which form the SHA-1 enters Base64, and the example contradicts the usual reading: what it prints
/// decodes to "this is a example" and the 40 hexadecimal digits of exactly this SHA-1 (secret of 1.2.2.3). Bytes, as WSSE has it
/// everywhere else, are what is sent unless the options say digits.
/// SHA-1 is the specification's choice; it travels inside verified TLS only.
/// </remarks>
internal static class WsseHeader
{
    public const string Authorization = "WSSE profile=\"UsernamePwd\"";

    public const string Name = "X-WSSE";

    // Specification 2.1: "nonce is 16 bytes long"; the characters are those of its example, 6FQHGU7M01ZMIA5G (82 bits).
    private const int NonceLength = 16;
    private const string NonceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static string NewNonce() => RandomNumberGenerator.GetString(NonceCharacters, NonceLength);

    public static string Create(
        string accessKey, string deviceId, string accessSecret, string nonce, DateTimeOffset created, bool hexDigest)
    {
        string stamp = created.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        string digest = Digest(nonce, stamp, accessSecret, hexDigest);
        return $"UsernamePwd Username=\"{accessKey}-{deviceId}\",PasswordDigest=\"{digest}\",Nonce=\"{nonce}\",Created=\"{stamp}\"";
    }

    public static string Digest(string nonce, string created, string accessSecret, bool hexDigest)
    {
        byte[] sha1 = SHA1.HashData(Encoding.UTF8.GetBytes(nonce + created + accessSecret));
        return Convert.ToBase64String(hexDigest ? Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sha1)) : sha1);
    }
}
