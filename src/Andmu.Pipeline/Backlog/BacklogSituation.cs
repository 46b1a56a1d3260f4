using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Backlog;

/// <summary>What the backlog has to know of the live stream.</summary>
/// <param name="IsOnline">Whether it is connected: the live stream comes first.</param>
/// <param name="MaySend">Whether the plan takes recordings, the device is on, and the live stream has begun.</param>
/// <param name="LiveBacklog">How much of the live stream waits.</param>
/// <param name="Mode">What the platform wants of an outage.</param>
internal readonly record struct BacklogSituation(bool IsOnline, bool MaySend, TimeSpan LiveBacklog, SdUploadMode Mode);
