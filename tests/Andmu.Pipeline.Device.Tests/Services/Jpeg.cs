namespace Andmu.Pipeline.Device.Tests.Services;

/// <summary>The least that passes for a JPEG, of a length and with a mark to tell one from another.</summary>
internal static class Jpeg
{
    public static byte[] Of(byte mark, int length = 5)
    {
        byte[] picture = new byte[length];
        picture.AsSpan().Fill(mark);
        picture[0] = 0xFF;
        picture[1] = 0xD8;
        picture[^2] = 0xFF;
        picture[^1] = 0xD9;
        return picture;
    }
}
