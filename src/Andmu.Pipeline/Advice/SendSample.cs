namespace Andmu.Pipeline.Advice;

/// <summary>What a send loop knows of its connection at one moment.</summary>
/// <param name="Now">Time on a monotonic clock.</param>
/// <param name="BytesDelivered">Bytes that the peer's TCP has confirmed, since the connection was made.</param>
/// <param name="AudioBytes">Sound written, since the connection was made.</param>
/// <param name="Backlog">Media time that is not sent yet.</param>
/// <param name="CatchingUp">The cursor was set back on purpose, for a pre-roll or after an outage: the backlog says nothing of the network.</param>
internal readonly record struct SendSample(TimeSpan Now, long BytesDelivered, long AudioBytes, TimeSpan Backlog, bool CatchingUp);
