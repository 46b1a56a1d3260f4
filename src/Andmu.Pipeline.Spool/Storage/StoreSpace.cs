namespace Andmu.Pipeline.Spool.Storage;

/// <summary>How large a card is.</summary>
/// <param name="TotalBytes">Of its file system.</param>
/// <param name="FreeBytes">Of it, what may still be written.</param>
/// <param name="FileSystem">As the system names it: <c>vfat</c>, <c>exfat</c>, <c>ext4</c>.</param>
internal readonly record struct StoreSpace(long TotalBytes, long FreeBytes, string FileSystem);
