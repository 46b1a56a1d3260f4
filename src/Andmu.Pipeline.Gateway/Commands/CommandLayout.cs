namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>How the specification prints a command's JSON: it differs from command to command, and a device must take any of it.</summary>
[Flags]
internal enum CommandLayout
{
    /// <summary>msgContent before the rest, requestParams first in it.</summary>
    ContentFirst = 0,

    /// <summary>With msgVersion in msgContent.</summary>
    Versioned = 1,

    /// <summary>msgContent behind the rest, requestParams last in it.</summary>
    ContentLast = 2,
}
