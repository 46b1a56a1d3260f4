namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A partition of a card (specification 5.2.11.4).</summary>
/// <param name="Name">For instance <c>/dev/mmcblk0p1</c>.</param>
/// <param name="FileSystem">For instance <c>vfat</c>.</param>
/// <param name="Total">Bytes.</param>
/// <param name="Remain">Bytes that are free.</param>
internal readonly record struct CardVolume(string Name, string FileSystem, long Total, long Remain);
