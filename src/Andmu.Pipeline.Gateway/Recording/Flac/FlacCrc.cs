namespace Andmu.Pipeline.Gateway.Recording.Flac;

/// <summary>The two checksums of a FLAC frame, RFC 9639 9.1.8 and 9.3: both start at 0 and go most significant bit first.</summary>
internal static class FlacCrc
{
    private static readonly byte[] Table8 = MakeTable8();
    private static readonly ushort[] Table16 = MakeTable16();

    /// <summary>Of the frame header: x^8 + x^2 + x + 1.</summary>
    public static byte Crc8(ReadOnlySpan<byte> data)
    {
        byte crc = 0;
        foreach (byte value in data)
        {
            crc = Table8[crc ^ value];
        }

        return crc;
    }

    /// <summary>Of the whole frame: x^16 + x^15 + x^2 + 1.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> data)
    {
        ushort crc = 0;
        foreach (byte value in data)
        {
            crc = (ushort)((crc << 8) ^ Table16[(crc >> 8) ^ value]);
        }

        return crc;
    }

    private static byte[] MakeTable8()
    {
        byte[] table = new byte[256];
        for (int i = 0; i < table.Length; i++)
        {
            int crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ ((crc & 0x80) != 0 ? 0x107 : 0);
            }

            table[i] = (byte)crc;
        }

        return table;
    }

    private static ushort[] MakeTable16()
    {
        ushort[] table = new ushort[256];
        for (int i = 0; i < table.Length; i++)
        {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ ((crc & 0x8000) != 0 ? 0x18005 : 0);
            }

            table[i] = (ushort)crc;
        }

        return table;
    }
}
