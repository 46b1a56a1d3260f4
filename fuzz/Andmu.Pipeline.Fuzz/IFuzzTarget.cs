namespace Andmu.Pipeline.Fuzz;

/// <summary>One place where bytes come in that nobody vouches for.</summary>
/// <remarks>A target keeps nothing from one input to the next that could change a verdict: any input can be tried alone.</remarks>
internal interface IFuzzTarget
{
    /// <summary>As on the command line, and the name of its folder among the corpora.</summary>
    string Name { get; }

    /// <summary>What holds for every input.</summary>
    string Property { get; }

    /// <summary>Tries one input.</summary>
    /// <exception cref="PropertyException">The property does not hold.</exception>
    /// <exception cref="Exception">Any other is a finding too: an exception that the product does not document.</exception>
    void Run(ReadOnlySpan<byte> input);
}
