namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>What came of a gate.</summary>
/// <param name="Figure">What was measured, for people.</param>
/// <param name="IsMet">Whether that is what is wanted.</param>
internal readonly record struct GateResult(string Figure, bool IsMet);
