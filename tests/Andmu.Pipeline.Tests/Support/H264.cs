namespace Andmu.Pipeline.Tests.Support;

/// <summary>H.264 access units made by hand (ITU-T H.264 7.3.1, annex B): real parameter sets, slices that are a header and a numbered payload.</summary>
internal static class H264
{
    /// <summary>Bytes before the numbered payload of a picture: start code and NAL unit header.</summary>
    public const int HeaderBytes = 5;

    public const int Width = 1280;
    public const int Height = 720;

    /// <summary>Main profile, level 3.1, 1280x720, 25 frames a second.</summary>
    public static byte[] SequenceSet { get; } = Convert.FromHexString("00000001674D401FD9805005BB011000000300100000030328F183268" + "0");

    /// <summary>The same but for its level, 4.0.</summary>
    public static byte[] OtherLevelSet { get; } = Convert.FromHexString("00000001674D4028" + "D9805005BB011000000300100000030328F183268" + "0");

    /// <summary>Constrained baseline profile, level 3, 640x480.</summary>
    public static byte[] VgaSet { get; } = Convert.FromHexString("000000016742C01EDA0280F640");

    public static byte[] PictureSet { get; } = Convert.FromHexString("0000000168E9732C80");

    public static byte[] Sets { get; } = [.. SequenceSet, .. PictureSet];

    /// <summary>Parameter sets and an IDR picture in one access unit, as encoders give them.</summary>
    public static byte[] Key(int number, int bytes = 100) => [.. Sets, .. BareKey(number, bytes)];

    /// <summary>An IDR picture alone.</summary>
    public static byte[] BareKey(int number, int bytes = 100) => Payload.Make([0, 0, 0, 1, 0x65], number, bytes);

    /// <summary>A picture that others refer to (nal_ref_idc 2).</summary>
    public static byte[] Picture(int number, int bytes = 50) => Payload.Make([0, 0, 0, 1, 0x41], number, bytes);

    /// <summary>A picture that no other refers to (nal_ref_idc 0).</summary>
    public static byte[] Disposable(int number, int bytes = 50) => Payload.Make([0, 0, 0, 1, 0x01], number, bytes);
}
