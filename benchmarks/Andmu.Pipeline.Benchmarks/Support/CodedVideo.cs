namespace Andmu.Pipeline.Benchmarks.Support;

/// <summary>
/// H.264 as an encoder gives it, by its statistics: entropy-coded bytes are noise, in which emulation prevention (ITU-T H.264 7.4.1.1) leaves no 00 00 with
/// 00, 01 or 02 behind it, and two zeros in a row about once in 64 KiB.
/// </summary>
internal static class CodedVideo
{
    /// <summary>A picture and a key frame of a 1080p camera at 2 to 3 Mbit/s.</summary>
    public const int PictureBytes = 14 * 1024;
    public const int KeyFrameBytes = 60 * 1024;

    private const int SlicesOfPicture = 4;

    /// <summary>SPS of a cropped 1280x720, as a camera repeats it before every key frame: with and without start code.</summary>
    public static byte[] Sps { get; } = Convert.FromHexString("674D401FD9805005BB011000000300100000030328F1832680");

    public static byte[] Pps { get; } = Convert.FromHexString("68E9732C80");

    /// <summary>Parameter sets and four slices of IDR.</summary>
    public static byte[] KeyFrame(int bytes) => AccessUnit([.. Unit(Sps), .. Unit(Pps)], 0x65, bytes);

    /// <summary>Four slices of a P picture that others refer to.</summary>
    public static byte[] Picture(int bytes) => AccessUnit([], 0x41, bytes);

    /// <summary>A stream of key frames and pictures, cut at so many bytes.</summary>
    public static byte[] Stream(int bytes)
    {
        byte[] key = KeyFrame(KeyFrameBytes);
        byte[] picture = Picture(PictureBytes);
        List<byte> stream = [.. key];
        while (stream.Count < bytes)
        {
            stream.AddRange(picture);
        }

        return [.. stream.Take(bytes)];
    }

    private static byte[] AccessUnit(byte[] sets, byte header, int bytes)
    {
        byte[] unit = new byte[bytes];
        FillCoded(unit);
        sets.CopyTo(unit, 0);
        int sliceBytes = (bytes - sets.Length) / SlicesOfPicture;
        for (int slice = 0; slice < SlicesOfPicture; slice++)
        {
            // first_mb_in_slice is the first bit behind the header: 1 in the first slice of a picture alone.
            byte[] start = [0, 0, 0, 1, header, slice == 0 ? (byte)0x9A : (byte)0x1A];
            start.CopyTo(unit, sets.Length + (slice * sliceBytes));
        }

        return unit;
    }

    private static byte[] Unit(byte[] nalUnit) => [0, 0, 0, 1, .. nalUnit];

    private static void FillCoded(Span<byte> bytes)
    {
        new Random(1).NextBytes(bytes);
        for (int i = 2; i < bytes.Length; i++)
        {
            if (bytes[i - 2] == 0 && bytes[i - 1] == 0 && bytes[i] <= 3)
            {
                bytes[i] = 3; // emulation_prevention_three_byte
            }
        }

        bytes[^1] = 0x80; // rbsp_stop_one_bit: no unit ends in a zero
    }
}
