namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>One thing that must hold.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Aim">What is wanted, for people.</param>
/// <param name="Check">Measures it.</param>
internal sealed record Gate(string Measure, string Aim, Func<GateResult> Check);
