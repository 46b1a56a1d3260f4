namespace Andmu.Pipeline.Control;

/// <summary>Formats the SD card (specification 5.2.9.20 and 5.2.11.5; request 1793, subRequest 87). Answered when it is done.</summary>
public sealed record FormatCard : ControlCommand;

/// <summary>Asks for the volumes of the SD card (specification 5.2.10.2 and 5.2.11.4; request 1792, subRequest 85).</summary>
public sealed record QueryCard : ControlCommand, IQuery<IReadOnlyList<CardVolume>>;

/// <summary>A volume of the SD card.</summary>
/// <param name="Name">Its name, such as <c>/dev/sda1</c>.</param>
/// <param name="FileSystem">Its file system, such as <c>vfat</c>.</param>
/// <param name="TotalBytes">Size.</param>
/// <param name="FreeBytes">What of it is free.</param>
public sealed record CardVolume(string Name, string FileSystem, long TotalBytes, long FreeBytes);
