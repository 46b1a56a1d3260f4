using System.Globalization;
using System.Text.Json;

namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>Checks of single fields, each against the clause that defines it.</summary>
internal static class RequestFields
{
    // Specification 1.2.2.4: access key, underscore, up to 16 of [A-Za-z0-9_], not case-sensitive. Its own samples
    // ("zj_cnmobile_001" is 15) keep to it.
    private const int MaxModelLength = 16;

    public static bool IsModelOf(string accessKey, string modelId) =>
        modelId.Length > accessKey.Length + 1
        && modelId.Length <= accessKey.Length + 1 + MaxModelLength
        && modelId.StartsWith(accessKey, StringComparison.OrdinalIgnoreCase)
        && modelId[accessKey.Length] == '_'
        && modelId.AsSpan(accessKey.Length + 1).IndexOfAnyExcept(ModelCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> ModelCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Specification 5.1.1: <c>['HW':'3RD-X01','FEATURE':0]</c> without blanks.</summary>
    public static void CheckComment(string comment)
    {
        const string Prefix = "['HW':'";
        const string Middle = "','FEATURE':";
        int middle = comment.IndexOf(Middle, StringComparison.Ordinal);
        bool valid = comment.StartsWith(Prefix, StringComparison.Ordinal)
            && comment.EndsWith(']')
            && middle > Prefix.Length
            && !comment.Contains(' ', StringComparison.Ordinal)
            && uint.TryParse(comment.AsSpan(middle + Middle.Length)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!valid)
        {
            throw new CallException(ErrorCodes.BadRequest, "comment is not of the form ['HW':'3RD-X01','FEATURE':0] without blanks");
        }
    }

    public static void CheckRegistrationMode(string? mode)
    {
        if (mode is not (null or "" or "0" or "1"))
        {
            throw new CallException(ErrorCodes.BadRequest, "registMode is not 0 or 1");
        }
    }

    /// <summary>Specification 5.1.3: every capability is 1 or 0, a number.</summary>
    public static void CheckFlags(JsonElement supportKey)
    {
        foreach (JsonProperty flag in supportKey.EnumerateObject())
        {
            if (flag.Value.ValueKind != JsonValueKind.Number || !flag.Value.TryGetInt32(out int value) || value is not (0 or 1))
            {
                throw new CallException(ErrorCodes.BadRequest, $"supportKey.{flag.Name} is not 0 or 1");
            }
        }
    }

    /// <summary>Specification 5.1.6.</summary>
    public static void CheckCameraParameters(JsonElement camParam)
    {
        foreach (JsonProperty parameter in camParam.EnumerateObject())
        {
            bool valid = parameter.Name switch
            {
                "status" or "personStatus" => IsString(parameter.Value) && parameter.Value.GetString() is "On" or "Off",
                "sdcardStatus" => IsSdCardStatus(parameter.Value),
                "wifiSSID" or "deviceAngle" or "binoParam" => IsString(parameter.Value),
                _ => true,
            };
            if (!valid)
            {
                throw new CallException(ErrorCodes.BadRequest, $"camParam.{parameter.Name} has a value that specification 5.1.6 does not know");
            }
        }
    }

    // The source prints the value neither as a string nor as a number for certain, so both are taken.
    private static bool IsSdCardStatus(JsonElement value) =>
        IsString(value) ? value.GetString() is "1" or "2" or "3" : value.TryGetInt32OrNull() is 1 or 2 or 3;

    private static int? TryGetInt32OrNull(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    private static bool IsString(JsonElement value) => value.ValueKind == JsonValueKind.String;
}
