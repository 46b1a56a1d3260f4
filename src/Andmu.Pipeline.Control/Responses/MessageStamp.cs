namespace Andmu.Pipeline.Control.Responses;

/// <summary>
/// What a message of the device carries besides its content; the device counts and tells the time, this library does neither.
/// </summary>
/// <param name="Sequence">Goes out as <c>msgSequence</c>.</param>
/// <param name="Time">
/// Goes out as <c>msgTimeStamp</c>, in seconds or milliseconds as the specification's example of that message has it.
/// </param>
public readonly record struct MessageStamp(uint Sequence, DateTimeOffset Time);
