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

    /// <summary>An event started (specification 5.2.6).</summary>
    EventStarted,

    /// <summary>An event ended.</summary>
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
}
