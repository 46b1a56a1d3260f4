namespace Andmu.Pipeline.Spool.Queueing;

/// <summary>What waits in a <see cref="RecordRing"/>, at one moment.</summary>
/// <param name="Count">Records.</param>
/// <param name="Bytes">Their payloads.</param>
/// <param name="Capacity">Bytes that the ring has.</param>
/// <param name="MaxCount">Records that it takes.</param>
/// <param name="BeforeNewestGop">Records before the start of the newest GOP; 0 when none of them starts one.</param>
/// <param name="OldestAt">When the oldest came.</param>
internal readonly record struct RingView(int Count, int Bytes, int Capacity, int MaxCount, int BeforeNewestGop, long OldestAt);
