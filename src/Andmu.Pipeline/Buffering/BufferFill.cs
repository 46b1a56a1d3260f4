namespace Andmu.Pipeline.Buffering;

/// <summary>How full a <see cref="MediaBuffer"/> is.</summary>
/// <param name="Bytes">Bytes held.</param>
/// <param name="Entries">Entries held.</param>
/// <param name="DurationMs">Oldest to newest, ms.</param>
/// <param name="UnsentMs">Oldest unsent to newest, ms: the backlog.</param>
/// <param name="UnsentEntries">Entries not sent yet.</param>
public readonly record struct BufferFill(int Bytes, int Entries, long DurationMs, long UnsentMs, long UnsentEntries);
