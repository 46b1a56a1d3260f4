namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>
/// The X-WSSE header, in the very form that specification 2.1 prints:
/// <code>UsernamePwd Username="key-id",PasswordDigest="...",Nonce="...",Created="..."</code>
/// A real platform's tolerance is not known, so this one has none.
/// </summary>
internal readonly record struct WsseHeader(string Username, string PasswordDigest, string Nonce, string Created)
{
    public const string Authorization = "WSSE profile=\"UsernamePwd\"";

    public static bool TryParse(string? text, out WsseHeader header)
    {
        header = default;
        ReadOnlySpan<char> rest = text;
        if (!TryTake(ref rest, "UsernamePwd Username=\"", out string username)
            || !TryTake(ref rest, ",PasswordDigest=\"", out string digest)
            || !TryTake(ref rest, ",Nonce=\"", out string nonce)
            || !TryTake(ref rest, ",Created=\"", out string created)
            || !rest.IsEmpty)
        {
            return false;
        }

        header = new WsseHeader(username, digest, nonce, created);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, string prefix, out string value)
    {
        value = "";
        if (!rest.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[prefix.Length..];
        int quote = rest.IndexOf('"');
        if (quote < 0)
        {
            return false;
        }

        value = rest[..quote].ToString();
        rest = rest[(quote + 1)..];
        return true;
    }
}
