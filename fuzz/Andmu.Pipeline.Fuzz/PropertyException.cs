namespace Andmu.Pipeline.Fuzz;

/// <summary>A target's property does not hold for an input: a finding.</summary>
internal sealed class PropertyException(string message) : Exception(message);
