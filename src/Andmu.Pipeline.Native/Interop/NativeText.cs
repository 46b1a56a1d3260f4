using System.Runtime.InteropServices;
using System.Text;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>Text that the host passes in: UTF-8 that ends with NUL.</summary>
internal static unsafe class NativeText
{
    /// <summary>Longer than any value of the interface; a text without an end is not followed through the memory.</summary>
    private const int MaxBytes = 8192;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a text; null for NULL.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What the host calls it, for the message.</param>
    /// <exception cref="ArgumentException">It is longer than 8191 bytes, or not UTF-8.</exception>
    public static string? Read(byte* text, string name)
    {
        if (text is null)
        {
            return null;
        }

        int length = 0;
        while (text[length] != 0)
        {
            if (++length == MaxBytes)
            {
                throw new ArgumentException($"{name} is longer than {MaxBytes - 1} bytes.");
            }
        }

        try
        {
            return Strict.GetString(text, length);
        }
        catch (DecoderFallbackException)
        {
            throw new ArgumentException($"{name} is not UTF-8.");
        }
    }

    /// <summary>Reads a text that must be there.</summary>
    /// <exception cref="ArgumentException">It is NULL or not readable.</exception>
    public static string Require(byte* text, string name) => Read(text, name) ?? throw new ArgumentException($"{name} is required.");

    /// <summary>A text that is never freed, for what is valid for ever.</summary>
    public static byte* Immortal(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);
}
