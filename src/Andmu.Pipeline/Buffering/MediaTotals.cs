namespace Andmu.Pipeline.Buffering;

/// <summary>Running totals of what went through a place of the route.</summary>
/// <param name="VideoPackages">Access units of video.</param>
/// <param name="AudioPackages">Audio packs.</param>
/// <param name="Gops">Random access pictures.</param>
/// <param name="Bytes">Payload bytes, parameter sets included.</param>
public readonly record struct MediaTotals(long VideoPackages, long AudioPackages, long Gops, long Bytes)
{
    /// <summary>Access units of either kind.</summary>
    public long Packages => VideoPackages + AudioPackages;

    /// <summary>Sum, member by member.</summary>
    public static MediaTotals operator +(MediaTotals left, MediaTotals right) => Add(left, right);

    /// <summary>Difference, member by member.</summary>
    public static MediaTotals operator -(MediaTotals left, MediaTotals right) => Subtract(left, right);

    /// <summary>Sum, member by member.</summary>
    public static MediaTotals Add(MediaTotals left, MediaTotals right) =>
        new(left.VideoPackages + right.VideoPackages, left.AudioPackages + right.AudioPackages, left.Gops + right.Gops, left.Bytes + right.Bytes);

    /// <summary>Difference, member by member.</summary>
    public static MediaTotals Subtract(MediaTotals left, MediaTotals right) =>
        new(left.VideoPackages - right.VideoPackages, left.AudioPackages - right.AudioPackages, left.Gops - right.Gops, left.Bytes - right.Bytes);
}
