using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Spool.Queueing;

/// <summary>A record in a <see cref="RecordRing"/>.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="Flags">What is known of it.</param>
/// <param name="Start">Where its payload lies in the ring: set by the ring.</param>
/// <param name="Length">Bytes of payload: set by the ring.</param>
/// <param name="At">When it came: a timestamp of the clock. On the way to the card.</param>
/// <param name="Position">Where it lies on the card. On the way back.</param>
/// <param name="Ticket">Its number on the way to the card, if that was since the start; else 0. On the way back.</param>
internal readonly record struct RecordEntry(
    RecordType Type, RecordFlags Flags, int Start = 0, int Length = 0, long At = 0, SpoolPosition Position = default, long Ticket = 0);
