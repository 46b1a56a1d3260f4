using System.Net;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>The body of every call: accessKey, signature and jsonObject, each once, form-encoded (specification 5.1.1).</summary>
internal sealed record BatchForm(string AccessKey, string Signature, string JsonObject)
{
    /// <summary>Returns null and what is wrong with the body when it is not such a form.</summary>
    public static BatchForm? TryParse(string body, out string problem)
    {
        string? accessKey = null;
        string? signature = null;
        string? jsonObject = null;
        problem = "";
        foreach (Range range in body.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = body.AsSpan()[range];
            int equals = pair.IndexOf('=');
            string name = equals < 0 ? "" : pair[..equals].ToString();
            string value = WebUtility.UrlDecode(pair[(equals + 1)..].ToString());
            bool taken = name switch
            {
                "accessKey" => TrySet(ref accessKey, value),
                "signature" => TrySet(ref signature, value),
                "jsonObject" => TrySet(ref jsonObject, value),
                _ => false,
            };
            if (!taken)
            {
                problem = "the body must be accessKey, signature and jsonObject, each once, form-encoded";
                return null;
            }
        }

        if (accessKey is null || signature is null || jsonObject is null)
        {
            problem = "accessKey, signature or jsonObject is missing in the body";
            return null;
        }

        return new BatchForm(accessKey, signature, jsonObject);
    }

    private static bool TrySet(ref string? field, string value)
    {
        if (field is not null)
        {
            return false;
        }

        field = value;
        return true;
    }
}
