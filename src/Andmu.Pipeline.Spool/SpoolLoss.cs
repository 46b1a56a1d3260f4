namespace Andmu.Pipeline.Spool;

/// <summary>How much was lost for one reason.</summary>
/// <param name="Count">Records, segments or places: see <see cref="SpoolLossReason"/>.</param>
/// <param name="Bytes">Their bytes.</param>
public readonly record struct SpoolLoss(long Count, long Bytes);
