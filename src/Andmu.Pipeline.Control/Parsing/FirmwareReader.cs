using System.Buffers;
using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Reads an upgrade (specification 5.2.9.14).</summary>
internal static class FirmwareReader
{
    private const int Md5Digits = 32;
    private const int MaxVersionBytes = 128;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly Uri Placeholder = new("http://invalid/");

    public static UpgradeFirmware Read(JsonFields parameters) => new(
        (FirmwareKind)parameters.Choice("serviceType", 1, 2), ReadUrl(parameters),
        parameters.Text("newServiceVersion", 1, MaxVersionBytes), ReadMd5(parameters));

    private static Uri ReadUrl(JsonFields parameters)
    {
        string text = parameters.Text("url", 1, CommandParser.MaxTextBytes);
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        parameters.Refuse(RefusalReason.OutOfRange, "url", "an absolute address that begins with http:// or https://");
        return Placeholder;
    }

    private static string ReadMd5(JsonFields parameters)
    {
        string text = parameters.Text("checkSum", 1, CommandParser.MaxTextBytes);
        if (text.Length != Md5Digits || text.AsSpan().ContainsAnyExcept(HexDigits))
        {
            parameters.Refuse(RefusalReason.OutOfRange, "checkSum", $"{Md5Digits} hexadecimal digits");
        }

        return text.ToLowerInvariant();
    }
}
