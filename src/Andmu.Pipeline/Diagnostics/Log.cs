using Andmu.Pipeline.Protocol;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Diagnostics;

/// <summary>Every line that the uplink logs. Event ids are stable. No secret is a parameter of any of them.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Connecting to {Endpoint}")]
    public static partial void Connecting(ILogger logger, HedgwEndpoint endpoint);

    [LoggerMessage(2, LogLevel.Information, "Online at {Endpoint}: plan {Plan}, ping every {PingSpan}")]
    public static partial void Online(ILogger logger, HedgwEndpoint endpoint, DevicePlan plan, TimeSpan? pingSpan);

    [LoggerMessage(3, LogLevel.Warning, "Offline ({Kind}): {Reason} Trying again in {Seconds:0.0} s")]
    public static partial void Offline(ILogger logger, Session.UplinkFaultKind kind, string reason, double seconds);

    [LoggerMessage(4, LogLevel.Error, "Ended ({Kind}): {Reason}")]
    public static partial void Ended(ILogger logger, Session.UplinkFaultKind kind, string reason);

    [LoggerMessage(5, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(6, LogLevel.Information, "Plan changed to {Plan}")]
    public static partial void PlanChanged(ILogger logger, DevicePlan plan);

    [LoggerMessage(7, LogLevel.Warning, "The platform sent {Type}, which is not for a device that is logged in; ignored")]
    public static partial void UnexpectedMessage(ILogger logger, MessageType type);

    [LoggerMessage(8, LogLevel.Warning, "The platform floods pings; the oldest are not answered")]
    public static partial void PingFlood(ILogger logger);

    [LoggerMessage(9, LogLevel.Debug, "The connection could not be closed in order: {Reason}")]
    public static partial void CloseFailed(ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Too many viewers at once; the viewer is not counted")]
    public static partial void TooManyViewers(ILogger logger);

    [LoggerMessage(11, LogLevel.Error, "A handler of the host failed")]
    public static partial void HandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(12, LogLevel.Error, "A connection failed for an unexpected reason; please report this")]
    public static partial void UnexpectedFailure(ILogger logger, Exception error);

    [LoggerMessage(13, LogLevel.Information, "The device was switched {State}")]
    public static partial void DeviceSwitched(ILogger logger, string state);

    [LoggerMessage(14, LogLevel.Information, "Clip of the event at {EventTime:O} delivered: {PreRoll} before it, {PostRoll} after it")]
    public static partial void ClipDelivered(ILogger logger, DateTimeOffset eventTime, TimeSpan preRoll, TimeSpan postRoll);

    [LoggerMessage(15, LogLevel.Warning, "Clip of the event at {EventTime:O} is not whole ({Outcome}): {MissingPreRoll} missing before it, {MissingPostRoll} after it, {Lost} packages in it")]
    public static partial void ClipShort(
        ILogger logger, DateTimeOffset eventTime, Upload.EventClipOutcome outcome, TimeSpan missingPreRoll, TimeSpan missingPostRoll, long lost);

    [LoggerMessage(16, LogLevel.Debug, "The encoder is asked for a key frame")]
    public static partial void KeyFrameNeeded(ILogger logger);

    [LoggerMessage(17, LogLevel.Information, "The encoder is advised of {Bitrate} bit/s")]
    public static partial void BitrateAdvised(ILogger logger, int bitrate);

    [LoggerMessage(18, LogLevel.Information, "The picture is {Width}x{Height} from here on")]
    public static partial void ResolutionChanged(ILogger logger, int width, int height);

    [LoggerMessage(20, LogLevel.Debug, "Connected to {Endpoint}; logging in")]
    public static partial void LoggingIn(ILogger logger, HedgwEndpoint endpoint);

    [LoggerMessage(21, LogLevel.Debug, "Going on where the last connection ended: {BacklogMs} ms of media wait")]
    public static partial void Resuming(ILogger logger, long backlogMs);

    [LoggerMessage(22, LogLevel.Debug, "Event {Type}, started {Started}, at {Time:O}; the platform is told: {Told}")]
    public static partial void EventReported(ILogger logger, DeviceEventType type, bool started, DateTimeOffset time, bool told);

    [LoggerMessage(23, LogLevel.Warning, "Lost ({Reason}): {Packages} packages with {Gops} key frames, {Bytes} bytes")]
    public static partial void Dropped(ILogger logger, Buffering.DropReason reason, long packages, long gops, long bytes);

    [LoggerMessage(24, LogLevel.Information, "Delivering what was kept while offline, to {Endpoint}")]
    public static partial void BacklogBegun(ILogger logger, HedgwEndpoint endpoint);

    [LoggerMessage(25, LogLevel.Information, "Everything that was kept while offline is delivered")]
    public static partial void BacklogDelivered(ILogger logger);

    [LoggerMessage(26, LogLevel.Warning, "The delivery of what was kept while offline is interrupted ({Kind}): {Reason}")]
    public static partial void BacklogInterrupted(ILogger logger, Session.UplinkFaultKind kind, string reason);
}
