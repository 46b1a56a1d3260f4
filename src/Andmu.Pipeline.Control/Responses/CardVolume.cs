namespace Andmu.Pipeline.Control.Responses;

/// <summary>A volume of the SD card (specification 5.2.11.4).</summary>
/// <param name="Name">For instance <c>/dev/sda0</c>.</param>
/// <param name="FileSystem">For instance <c>vfat</c>.</param>
/// <param name="TotalBytes">Its size in bytes.</param>
/// <param name="RemainingBytes">What is free of it, in bytes.</param>
public sealed record CardVolume(string Name, string FileSystem, long TotalBytes, long RemainingBytes);
