using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Session;

/// <summary>What outlives a connection: the place in the media, the messages that wait, and the signal that wakes the send loop.</summary>
internal sealed record UplinkParts(MediaCursor Cursor, ControlOutbox Outbox, WakeSignal Signal, UplinkClock Clock);
