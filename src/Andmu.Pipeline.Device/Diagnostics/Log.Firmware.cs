using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Device.Firmware;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Diagnostics;

/// <summary>What the upgrade of the firmware logs: event ids from 40 on. No address is a parameter: its query may be a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(40, LogLevel.Information, "Upgrade of {Kind} to {Version}: {Report}")]
    public static partial void FirmwareProgressed(ILogger logger, FirmwareKind kind, string version, UpgradeReport report);

    [LoggerMessage(41, LogLevel.Warning, "Upgrade: fetching on after {Bytes} bytes in {Wait}: {Reason}")]
    public static partial void FirmwareRetrying(ILogger logger, long bytes, TimeSpan wait, string reason);

    [LoggerMessage(42, LogLevel.Error, "Upgrade: the host's {Callback} failed")]
    public static partial void FirmwareCallbackFailed(ILogger logger, string callback, Exception error);

    // Not the exception itself: a handler of the host's HttpClient may quote the address in its message.
    [LoggerMessage(43, LogLevel.Error, "Upgrade: ended by {Fault} at {Where}")]
    public static partial void FirmwareFaulted(ILogger logger, string fault, string? where);

    [LoggerMessage(44, LogLevel.Warning, "Which upgrade was under way cannot be read; the platform is not told how it went: {Reason}")]
    public static partial void UpgradeNotRead(ILogger logger, string reason);

    [LoggerMessage(45, LogLevel.Error, "Which upgrade is under way cannot be kept for the next start: {Reason}")]
    public static partial void UpgradeNotWritten(ILogger logger, string reason);

    [LoggerMessage(46, LogLevel.Warning, "What an earlier upgrade left in the folder for packages cannot be removed: {Reason}")]
    public static partial void StagingNotCleaned(ILogger logger, string reason);
}
