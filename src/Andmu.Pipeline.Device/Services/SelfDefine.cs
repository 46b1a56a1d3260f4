using System.Text;
using System.Text.Json;
using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>The vendor's own part of the statistics (specification 5.2.12, selfDefine): asked of the host, and left out if it is not what it should be.</summary>
internal static class SelfDefine
{
    /// <summary>Specification 1.2.2.1: strings have at most 1024 bytes.</summary>
    private const int MaxBytes = 1024;

    private const int MaxDepth = 16;

    public static string? Ask(Func<string?>? host, ILogger logger)
    {
        try
        {
            string? json = host?.Invoke();
            if (json is not null)
            {
                Check(json);
            }

            return json;
        }
#pragma warning disable CA1031 // the host's callback: whatever it throws means that there is none
        catch (Exception error)
#pragma warning restore CA1031
        {
            ServiceLog.SelfDefineLeftOut(logger, error);
            return null;
        }
    }

    private static void Check(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) is > MaxBytes and var length)
        {
            throw new FormatException($"{length} bytes; at most {MaxBytes} are sent.");
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            // To its end: it throws where it is no JSON.
        }
    }
}
