namespace Andmu.Pipeline.Spool;

/// <summary>The fields of an event (DevEventCmd, specification 5.2.4 and 5.2.6) beside its message.</summary>
/// <param name="Type">type: 1 motion, 2 sound, 3 face, 4 person count, 5 human shape.</param>
/// <param name="Status">status: 1 start, 0 end.</param>
/// <param name="IpcamTime">ipcam_time: ms since 1970 (UTC) when it happened.</param>
public readonly record struct SpoolEvent(uint Type, uint Status, ulong IpcamTime);
