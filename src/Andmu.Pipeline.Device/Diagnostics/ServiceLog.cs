using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Diagnostics;

/// <summary>Every line that the services of a device log. Event ids are stable. No secret is a parameter of any of them.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(100, LogLevel.Error, "A service of the device failed and goes on")]
    public static partial void WorkFailed(ILogger logger, Exception error);

    [LoggerMessage(101, LogLevel.Warning, "No thumbnail; said once until there is one again: {Reason}")]
    public static partial void NoThumbnail(ILogger logger, string reason, Exception? error);

    [LoggerMessage(102, LogLevel.Error, "The person counter failed; said once until it works again")]
    public static partial void PersonCounterFailed(ILogger logger, Exception error);

    [LoggerMessage(103, LogLevel.Information, "Panorama of {Count} pictures for {Client}")]
    public static partial void PanoramaStarted(ILogger logger, int count, string client);

    [LoggerMessage(104, LogLevel.Information, "Panorama done")]
    public static partial void PanoramaDone(ILogger logger);

    [LoggerMessage(105, LogLevel.Warning, "Panorama ended at picture {Sequence} of {Count}: {Reason}")]
    public static partial void PanoramaEnded(ILogger logger, int sequence, int count, string reason, Exception? error);

    [LoggerMessage(106, LogLevel.Warning, "Panorama refused: {Reason}")]
    public static partial void PanoramaRefused(ILogger logger, string reason);

    [LoggerMessage(107, LogLevel.Warning, "The head was not returned after a panorama")]
    public static partial void HeadNotReturned(ILogger logger, Exception error);

    [LoggerMessage(108, LogLevel.Information, "Statistics from {Start} to {End}: sent {Sent}")]
    public static partial void StatisticsReported(ILogger logger, DateTimeOffset start, DateTimeOffset end, bool sent);

    [LoggerMessage(109, LogLevel.Warning, "The kept statistics cannot be read; counting begins anew: {Reason}")]
    public static partial void StatisticsNotRead(ILogger logger, string reason);

    [LoggerMessage(110, LogLevel.Error, "The statistics cannot be kept for the next start: {Reason}")]
    public static partial void StatisticsNotWritten(ILogger logger, string reason);

    [LoggerMessage(111, LogLevel.Warning, "The vendor's own part of the statistics is left out")]
    public static partial void SelfDefineLeftOut(ILogger logger, Exception error);

    [LoggerMessage(112, LogLevel.Information, "Talk-back ended: {Packs} packs, {Missing} missing, {Refused} late or no audio")]
    public static partial void TalkEnded(ILogger logger, long packs, long missing, long refused);
}
