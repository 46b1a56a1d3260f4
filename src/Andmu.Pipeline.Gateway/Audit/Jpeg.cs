namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>Whether bytes are a JPEG from its start to its end (ITU-T T.81, B.1.1.3: SOI is FF D8, EOI is FF D9).</summary>
internal static class Jpeg
{
    public static bool IsWhole(ReadOnlySpan<byte> data) =>
        data.Length > 4 && data.StartsWith(Start) && data.EndsWith(End);

    private static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> End => [0xFF, 0xD9];
}
