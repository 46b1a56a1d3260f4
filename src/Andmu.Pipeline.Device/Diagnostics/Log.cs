using Andmu.Pipeline.Device.Commands;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Diagnostics;

/// <summary>Every line that the device logs besides those of uplink and OpenAPI. Event ids are stable. No secret is a parameter of any of them.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Progress}")]
    public static partial void Step(ILogger logger, DeviceProgress progress);

    [LoggerMessage(2, LogLevel.Information, "Registered as {UnifiedId}")]
    public static partial void Registered(ILogger logger, string unifiedId);

    [LoggerMessage(3, LogLevel.Information, "Using the kept registration as {UnifiedId}")]
    public static partial void RegistrationKept(ILogger logger, string unifiedId);

    [LoggerMessage(4, LogLevel.Warning, "Trying again in {Wait}: {Reason}")]
    public static partial void Retrying(ILogger logger, string reason, TimeSpan wait);

    [LoggerMessage(5, LogLevel.Error, "Given up until the next start: {Reason}")]
    public static partial void GivenUp(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Warning, "The platform gave no gateway address, so the known ones are tried again: {Reason}")]
    public static partial void AddressesReused(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Warning, "The platform no longer accepts the registration; it is forgotten, and the next start registers again")]
    public static partial void RegistrationForgotten(ILogger logger);

    [LoggerMessage(8, LogLevel.Error, "A handler of the host failed")]
    public static partial void HandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(9, LogLevel.Warning, "The kept registration cannot be read; the device registers again: {Reason}")]
    public static partial void RegistrationNotRead(ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Warning, "The kept registration is that of another device or access key; the device registers again")]
    public static partial void RegistrationOfAnother(ILogger logger);

    [LoggerMessage(11, LogLevel.Error, "The registration cannot be kept; after a restart the device must register again: {Reason}")]
    public static partial void RegistrationNotWritten(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Error, "The registration file cannot be deleted: {Reason}")]
    public static partial void RegistrationNotDeleted(ILogger logger, string reason);

    [LoggerMessage(13, LogLevel.Warning, "What was switched off cannot be read; until the platform's settings are read, the device is on: {Reason}")]
    public static partial void SwitchesNotRead(ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Error, "What is switched off cannot be kept for the next start: {Reason}")]
    public static partial void SwitchesNotWritten(ILogger logger, string reason);

    [LoggerMessage(20, LogLevel.Warning, "The platform does not register the device for this user; waiting for another code or binding: {Reason}")]
    public static partial void UserRefused(ILogger logger, string reason);

    // These two for every picture that a code is held in front of: the host is told, the log is not filled.
    [LoggerMessage(21, LogLevel.Debug, "A user was not taken to register with: {Refusal}")]
    public static partial void UserNotTaken(ILogger logger, BindingRefusal refusal);

    [LoggerMessage(22, LogLevel.Debug, "The host's parser of QR codes failed with {Type}")]
    public static partial void QrCodeParserFailed(ILogger logger, string type);

    [LoggerMessage(23, LogLevel.Warning, "Others than its owner could read the kept registration; it is its owner's alone again")]
    public static partial void RegistrationWasReadable(ILogger logger);

    [LoggerMessage(24, LogLevel.Warning, "Others than its owner can read the kept registration: {Reason}")]
    public static partial void RegistrationIsReadable(ILogger logger, string reason);

    [LoggerMessage(30, LogLevel.Debug, "Command {Name}: done")]
    public static partial void CommandDone(ILogger logger, string name);

    [LoggerMessage(EventId = 31, Message = "Command {Name}: {Outcome}: {Reason}")]
    public static partial void CommandRefused(ILogger logger, LogLevel level, string name, CommandOutcome outcome, string reason);

    [LoggerMessage(32, LogLevel.Warning, "Command {Name}: its answer is lost, too much waits to be sent already")]
    public static partial void AnswerLost(ILogger logger, string name);

    [LoggerMessage(33, LogLevel.Warning, "A handler of a command goes on although the device has ended")]
    public static partial void HandlersLeft(ILogger logger);

    [LoggerMessage(34, LogLevel.Warning, "The schedules cannot be read; until the platform's settings are read, there are none: {Reason}")]
    public static partial void SchedulesNotRead(ILogger logger, string reason);

    [LoggerMessage(35, LogLevel.Error, "The schedules cannot be kept for the next start: {Reason}")]
    public static partial void SchedulesNotWritten(ILogger logger, string reason);

    [LoggerMessage(36, LogLevel.Information, "The schedule has switched {Switch} {State}")]
    public static partial void SwitchedBySchedule(ILogger logger, string @switch, string state);

    [LoggerMessage(37, LogLevel.Warning, "The platform is not told of a change at the device; trying again in {Wait}: {Reason}")]
    public static partial void StatusRetried(ILogger logger, string reason, TimeSpan wait);

    [LoggerMessage(38, LogLevel.Error, "The platform does not take a change at the device: {Reason}")]
    public static partial void StatusRefused(ILogger logger, string reason);
}
