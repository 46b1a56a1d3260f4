namespace Andmu.Pipeline.Spool.Storage;

/// <summary>What Linux's errno and the base class library's exceptions mean for a card.</summary>
internal static class ErrorNumber
{
    private const int NoEntry = 2; // ENOENT
    private const int NoDeviceOrAddress = 6; // ENXIO
    private const int TryAgain = 11; // EAGAIN
    private const int PermissionDenied = 13; // EACCES
    private const int Exists = 17; // EEXIST
    private const int NoDevice = 19; // ENODEV
    private const int NoSpace = 28; // ENOSPC
    private const int ReadOnlyFileSystem = 30; // EROFS
    private const int NotConnected = 107; // ENOTCONN: a file system in user space that has died
    private const int StaleHandle = 116; // ESTALE
    private const int QuotaExceeded = 122; // EDQUOT
    private const int NoMedium = 123; // ENOMEDIUM

    public static StoreFault ToFault(int errno) => errno switch
    {
        0 => StoreFault.None,
        NoEntry => StoreFault.NotFound,
        Exists => StoreFault.Exists,
        NoSpace or QuotaExceeded => StoreFault.NoSpace,
        ReadOnlyFileSystem or PermissionDenied => StoreFault.ReadOnly,
        NoDevice or NoDeviceOrAddress or NotConnected or StaleHandle or NoMedium => StoreFault.Gone,
        _ => StoreFault.Io,
    };

    /// <summary>Exceptions for which <see cref="ToFault(Exception)"/> has an answer: all else is a fault of this library's.</summary>
    public static bool IsStoreError(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException; // the last one is how EFBIG is reported

    /// <summary>Somebody else has locked the file.</summary>
    public static bool IsLocked(Exception error) => error is IOException && error.HResult == TryAgain;

    public static StoreFault ToFault(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => StoreFault.NotFound,
        DriveNotFoundException => StoreFault.Gone,
        UnauthorizedAccessException => StoreFault.ReadOnly,
        IOException => ToFault(error.HResult), // errno, but for what the types above say
        _ => StoreFault.Io,
    };
}
