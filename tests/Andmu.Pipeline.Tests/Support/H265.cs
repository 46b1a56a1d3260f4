namespace Andmu.Pipeline.Tests.Support;

/// <summary>H.265 access units made by hand (ITU-T H.265 7.3.1, table 7-1).</summary>
internal static class H265
{
    /// <summary>Bytes before the numbered payload of a picture: start code and NAL unit header.</summary>
    public const int HeaderBytes = 6;

    private const int TrailR = 1;
    private const int RadlN = 6;
    private const int RaslN = 8;
    private const int CraNut = 21;

    /// <summary>Range extensions, 320x240, 25 frames a second: VPS, SPS and PPS.</summary>
    public static byte[] Sets { get; } = Convert.FromHexString(
        "0000000140010C01FFFF016000000300900000030000" + "03003C959809" +
        "00000001420101016000000300900000030000" + "03003CA00A080F165959A4932BC05A02000003000200000300" + "3210" +
        "000000014401C172B46240");

    public static byte[] Cra(int number, int bytes = 100) => [.. Sets, .. Slice(CraNut, number, bytes)];

    public static byte[] Trailing(int number, int bytes = 50) => Slice(TrailR, number, bytes);

    /// <summary>Leading picture that refers to what lies before its random access picture.</summary>
    public static byte[] Rasl(int number, int bytes = 50) => Slice(RaslN, number, bytes);

    /// <summary>Leading picture that refers to its random access picture only.</summary>
    public static byte[] Radl(int number, int bytes = 50) => Slice(RadlN, number, bytes);

    private static byte[] Slice(int type, int number, int bytes) => Payload.Make([0, 0, 0, 1, (byte)(type << 1), 1], number, bytes);
}
