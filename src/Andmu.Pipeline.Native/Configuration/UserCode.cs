using Andmu.Pipeline.Device;

namespace Andmu.Pipeline.Native.Configuration;

/// <summary>The user of andmu_bind, in the form in which a device takes one with all that a QR code says: the host has read the code.</summary>
internal static class UserCode
{
    private const char Separator = '\n';

    /// <summary>Number and token in one text.</summary>
    /// <exception cref="ArgumentException">One has a line end in it.</exception>
    public static string Format(string mobile, string token, bool encrypted) => (mobile + token).Contains(Separator)
        ? throw new ArgumentException("A user's number or token has no line end.")
        : $"{mobile}{Separator}{token}{Separator}{(encrypted ? 1 : 0)}";

    /// <summary>What <see cref="Format"/> has put together.</summary>
    public static QrBinding? Parse(string code) => code.Split(Separator) is [var mobile, var token, var encrypted]
        ? new QrBinding(mobile, token, encrypted == "1")
        : null;
}
