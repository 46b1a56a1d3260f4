namespace Andmu.Pipeline.Session;

/// <summary>Where an uplink is on its way to being online.</summary>
public enum UplinkState
{
    /// <summary>Not started.</summary>
    New,

    /// <summary>Looking for a gateway, connecting, verifying its certificate.</summary>
    Connecting,

    /// <summary>Connected; the login is under way.</summary>
    LoggingIn,

    /// <summary>Logged in.</summary>
    Online,

    /// <summary>Offline; will try again by itself.</summary>
    Waiting,

    /// <summary>Over: stopped by the host, or by a fault that trying again does not mend.</summary>
    Ended,
}
