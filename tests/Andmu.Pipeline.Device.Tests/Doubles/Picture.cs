namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>What an encoder gives.</summary>
internal static class Picture
{
    /// <summary>Main profile, level 3.1, 1280x720, 25 frames a second; then an IDR slice that is a header and some bytes.</summary>
    public static byte[] Key { get; } = Convert.FromHexString(
        "00000001674D401FD9805005BB0110000003001000000303" + "28F1832680" + "0000000168E9732C80" + "0000000165" + "8884010203040506070809");
}
