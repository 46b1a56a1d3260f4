using System.Security.Cryptography;
using System.Text;

namespace Andmu.Pipeline.OpenApi.Authentication;

/// <summary>The signature of a request (specification 5).</summary>
/// <remarks>
/// <code>
/// signature = md5hex( accessSecret "accessKey=" accessKey "jsonObject=" jsonObject )      lower-case, 32 digits
/// </code>
/// Taken over the raw JSON: form encoding comes afterwards, and the platform undoes it before it checks. MD5 is the
/// specification's choice; it travels inside verified TLS only.
/// </remarks>
internal static class RequestSignature
{
    public static string Compute(string accessSecret, string accessKey, string jsonObject)
    {
        byte[] signed = Encoding.UTF8.GetBytes($"{accessSecret}accessKey={accessKey}jsonObject={jsonObject}");
        return Convert.ToHexStringLower(MD5.HashData(signed));
    }
}
