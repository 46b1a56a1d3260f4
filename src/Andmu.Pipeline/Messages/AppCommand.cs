namespace Andmu.Pipeline.Messages;

/// <summary>The kinds of DevAppCmd (specification 5.2.9).</summary>
public enum AppCommandType
{
    /// <summary>How many viewers are online.</summary>
    ViewersOnline = 0,

    /// <summary>A live view starts.</summary>
    ViewStarts = 8,

    /// <summary>A live view ends.</summary>
    ViewEnds = 9,

    /// <summary>A command as JSON in the message.</summary>
    Command = 33,
}

/// <summary>What an app sent through the platform (DevAppCmd, specification 5.2.9).</summary>
/// <param name="Type">Kind; may be one that <see cref="AppCommandType"/> does not name.</param>
/// <param name="Source">src_device_id: who sent it, and whom an answer goes to.</param>
/// <param name="Count">Viewers online, for <see cref="AppCommandType.ViewersOnline"/>.</param>
/// <param name="Message">JSON, for <see cref="AppCommandType.Command"/>; from outside, not checked.</param>
public sealed record AppCommand(AppCommandType Type, string Source, int Count, string Message);
