using System.Security.Cryptography;
using System.Text;
using Andmu.Pipeline.Gateway.Devices;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>The MD5 signature over the raw JSON of a request, specification 5.</summary>
internal static class RequestSignature
{
    public static string Compute(string accessSecret, string accessKey, string jsonObject) => Convert.ToHexStringLower(
        MD5.HashData(Encoding.UTF8.GetBytes($"{accessSecret}accessKey={accessKey}jsonObject={jsonObject}")));

    public static bool IsValid(string accessSecret, BatchForm form) =>
        DeviceRegistry.Matches(Compute(accessSecret, form.AccessKey, form.JsonObject), form.Signature);
}
