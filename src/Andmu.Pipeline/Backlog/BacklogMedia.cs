using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline.Backlog;

/// <summary>A package of media in a backlog, as it was when it was captured.</summary>
/// <param name="Header">Its fields on the wire.</param>
/// <param name="IsRandomAccess">Whether decoding can start with it: a key frame, or the parameter sets before one.</param>
public readonly record struct BacklogMedia(MediaPackageHeader Header, bool IsRandomAccess);

/// <summary>An event in a backlog.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Started">True at its start, false at its end.</param>
/// <param name="Time">When, by the platform's clock as it was known then.</param>
public readonly record struct BacklogEvent(DeviceEventType Type, bool Started, DateTimeOffset Time);
