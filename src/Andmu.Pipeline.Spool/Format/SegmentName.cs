using System.Globalization;

namespace Andmu.Pipeline.Spool.Format;

/// <summary>Names of segments: <c>00001A2F.MED</c> for media, <c>00001A30.EVT</c> for events. Both lanes share the numbers.</summary>
internal static class SegmentName
{
    private const int IdDigits = 8;
    private const string MediaExtension = ".MED";
    private const string EventExtension = ".EVT";

    public static string Of(uint id, SpoolLane lane) => id.ToString("X8", CultureInfo.InvariantCulture) + (lane == SpoolLane.Media ? MediaExtension : EventExtension);

    /// <summary>Some mounts of FAT show short names in small letters: both are taken.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out uint id, out SpoolLane lane)
    {
        id = 0;
        lane = SpoolLane.Media;
        if (name.Length != IdDigits + MediaExtension.Length
            || !uint.TryParse(name[..IdDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id))
        {
            return false;
        }

        ReadOnlySpan<char> extension = name[IdDigits..];
        lane = extension.Equals(EventExtension, StringComparison.OrdinalIgnoreCase) ? SpoolLane.Event : SpoolLane.Media;
        return lane == SpoolLane.Event || extension.Equals(MediaExtension, StringComparison.OrdinalIgnoreCase);
    }
}
