namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>Emulation prevention, byte by byte (ITU-T H.264 7.4.1.1): after two zeros, a 3 stands before what would otherwise be, or become, a start code.</summary>
internal static class Emulation
{
    public static byte[] Undo(ReadOnlySpan<byte> payload)
    {
        List<byte> raw = [];
        int zeros = 0;
        foreach (byte next in payload)
        {
            if (zeros >= 2 && next == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = next == 0 ? zeros + 1 : 0;
            raw.Add(next);
        }

        return [.. raw];
    }

    public static byte[] Prevent(ReadOnlySpan<byte> raw)
    {
        List<byte> payload = [];
        int zeros = 0;
        foreach (byte next in raw)
        {
            if (zeros >= 2 && next <= 3)
            {
                payload.Add(3);
                zeros = 0;
            }

            zeros = next == 0 ? zeros + 1 : 0;
            payload.Add(next);
        }

        return [.. payload];
    }
}
