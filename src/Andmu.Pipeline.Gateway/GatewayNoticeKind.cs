namespace Andmu.Pipeline.Gateway;

/// <summary>What a <see cref="GatewayNotice"/> tells.</summary>
public enum GatewayNoticeKind
{
    /// <summary>An OpenAPI call was answered; the text is its message type and error code.</summary>
    OpenApiCall,

    /// <summary>An OpenAPI call was refused before its message was looked at; the text says why.</summary>
    OpenApiRefused,

    /// <summary>A device registered (specification 5.1.1).</summary>
    DeviceRegistered,

    /// <summary>A device logged in (specification 5.2.1).</summary>
    LoggedIn,

    /// <summary>A login was refused; the text has the result code and the reason.</summary>
    LoginRefused,

    /// <summary>An event started (specification 5.2.6); the text has its type and when it was, by the device's clock.</summary>
    EventStarted,

    /// <summary>An event ended; the text as when it started.</summary>
    EventEnded,

    /// <summary>A device sent a DevIpCamCmd: an answer, progress, statistics (specification 5.2.10 to 5.2.12); the text is its message.</summary>
    DeviceMessage,

    /// <summary>A thumbnail arrived (specification 5.2.7); the text is the path of its file.</summary>
    Thumbnail,

    /// <summary>A recording's file was opened; the text is its path.</summary>
    RecordingOpened,

    /// <summary>A recording's file was finished; the text is its path.</summary>
    RecordingClosed,

    /// <summary>Something is not recorded; the text says what and why.</summary>
    RecordingProblem,

    /// <summary>A connection ended; the text has the reason.</summary>
    Disconnected,

    /// <summary>The platform told a device that a viewer starts to watch (specification 5.2.9, type 8); the text is the viewer's id.</summary>
    ViewerStarted,

    /// <summary>The platform told a device that a viewer stops watching (type 9); the text is the viewer's id.</summary>
    ViewerStopped,

    /// <summary>The platform told a device a new plan (specification 5.2.8, type 7); the text is its name.</summary>
    PlanChanged,

    /// <summary>The platform stops reading from a device; the text says for how long.</summary>
    ReadsStalled,

    /// <summary>The platform reads from a device again.</summary>
    ReadsResumed,

    /// <summary>A device switched its resolution (specification 5.2.10, DevIpCamCmd type 3); the text is the new one, such as 1280x720.</summary>
    ResolutionChanged,

    /// <summary>A device broke a rule of the specification; the text says which. At most 100 are told for each connection.</summary>
    Violation,

    /// <summary>The platform sent a device a command (specification 5.2.9 and 5.2.10); the text is its name.</summary>
    CommandSent,

    /// <summary>A command was not answered in time; the text is its name.</summary>
    CommandUnanswered,

    /// <summary>An answer belongs to no command that waits for one: it is late, or a second one; the text has its msgSession.</summary>
    AnswerUnmatched,

    /// <summary>A picture of a panorama arrived (specification 5.2.11.7); the text is the path of its file.</summary>
    PanoramaPicture,
}
