using System.Globalization;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>
/// A bound on a ratio of two times that were taken in one run; absolute times are of one machine and one day. A busy machine is given more rounds, never
/// another bound.
/// </summary>
internal static class RatioGate
{
    private const int Attempts = 12;

    /// <summary>Ours must be so many times as fast as theirs, at the least.</summary>
    public static GateResult Faster(Duel duel, double times, int bytes = 0) => Run(duel, 1 / times, static ratio => Text($"{1 / ratio:0.0}x"), bytes);

    /// <summary>Ours must take so many times as long as theirs, at the most.</summary>
    public static GateResult AtMost(Duel duel, double times, int bytes = 0) => Run(duel, times, static ratio => Text($"{ratio:0.00}x"), bytes);

    private static GateResult Run(Duel duel, double bound, Func<double, string> show, int bytes)
    {
        duel.WarmUp();
        duel.Measure(); // compiled for speed by now, but perhaps while it ran
        double best = double.PositiveInfinity;
        double seconds = 0;
        for (int i = 0; i < Attempts && best > bound; i++)
        {
            double ratio = duel.Measure();
            seconds = ratio < best ? duel.OursSeconds : seconds;
            best = Math.Min(best, ratio);
        }

        best = Math.Max(best, 0.01); // a cost that is lost in the noise
        return new GateResult(bytes == 0 ? show(best) : Text($"{show(best)}, {bytes / seconds / 1e9:0.0} GB/s"), best <= bound);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
