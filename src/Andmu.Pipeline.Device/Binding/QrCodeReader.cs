using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Binding;

/// <summary>Reads what a scanner has seen. Anybody can hold anything in front of a camera: nothing that is in it is thrown, nor logged.</summary>
internal sealed class QrCodeReader(Func<string, QrBinding?>? parser, ILogger logger)
{
    /// <summary>The most characters that a QR code can hold: digits in version 40-L (ISO/IEC 18004, table 7).</summary>
    public const int MaxLength = 7089;

    public BindingRefusal TryRead(string payload, out QrBinding? user)
    {
        user = null;
        if (parser is null)
        {
            return BindingRefusal.NoParser;
        }

        if (payload.Length > MaxLength)
        {
            return BindingRefusal.TooLong;
        }

        user = Parse(parser, payload);
        return user is null ? BindingRefusal.NotUnderstood : BindingRefusal.None;
    }

    private QrBinding? Parse(Func<string, QrBinding?> parse, string payload)
    {
        try
        {
            return parse(payload);
        }
#pragma warning disable CA1031 // the host's parser must not end the scan
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.QrCodeParserFailed(logger, error.GetType().Name); // no more of it: the message of a FormatException quotes what it could not read
            return null;
        }
    }
}
