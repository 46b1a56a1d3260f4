namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>Runs all gates and prints one table.</summary>
internal static class GateRun
{
    /// <returns>0 when all are met.</returns>
    public static int Run(TextWriter output)
    {
        bool allMet = true;
        foreach (Gate gate in (Gate[])[.. CodecGates.All(), .. RouteGates.All(), .. ProcessGates.All()])
        {
            GateResult result = gate.Check();
            allMet &= result.IsMet;
            output.WriteLine($"{gate.Measure,-54} {gate.Aim,-9} {result.Figure,-18} {(result.IsMet ? "ok" : "MISSED")}");
        }

        return allMet ? 0 : 1;
    }
}
