using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Diagnostics;

/// <summary>Every line that the services of a device log. Event ids are stable. No secret is a parameter of any of them.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(100, LogLevel.Error, "A service of the device failed and goes on")]
    public static partial void WorkFailed(ILogger logger, Exception error);

    [LoggerMessage(101, LogLevel.Warning, "No thumbnail; said once until there is one again: {Reason}")]
    public static partial void NoThumbnail(ILogger logger, string reason, Exception? error);
}
