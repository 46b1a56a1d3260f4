using System.Diagnostics;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>
/// Two pieces of code against each other, made for a machine that others use: they take turns of a few dozen microseconds, the first one first in every other
/// round, and the median of the rounds' ratios counts. A turn is so short that few are interrupted, and what slows the machine down slows both.
/// </summary>
internal sealed class Duel(Func<int> ours, Func<int> theirs)
{
    private const int Rounds = 401;
    private const double TurnSeconds = 50e-6;
    private const double WarmUpSeconds = 0.3;

    private readonly double[] _ratios = new double[Rounds];
    private readonly double[] _times = new double[Rounds];
    private int _oursInTurn;
    private int _theirsInTurn;

    /// <summary>Seconds of a call of ours in the last measurement: the median.</summary>
    public double OursSeconds { get; private set; }

    /// <summary>Lets both be compiled for speed, and finds how many calls make a turn.</summary>
    public void WarmUp()
    {
        _oursInTurn = CallsInTurn(ours);
        _theirsInTurn = CallsInTurn(theirs);
    }

    /// <summary>How many times as long as theirs a call of ours takes: the median of some hundred rounds.</summary>
    public double Measure()
    {
        for (int i = 0; i < Rounds; i++)
        {
            double other = i % 2 == 0 ? 0 : Time(theirs, _theirsInTurn);
            double own = Time(ours, _oursInTurn);
            other = i % 2 == 0 ? Time(theirs, _theirsInTurn) : other;
            _ratios[i] = own / other;
            _times[i] = own;
        }

        OursSeconds = Median(_times);
        return Median(_ratios);
    }

    private static int CallsInTurn(Func<int> code)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds)
        {
            code();
            calls++;
        }

        return Math.Max(1, (int)(TurnSeconds / Time(code, Math.Max(1, calls / 10))));
    }

    private static double Time(Func<int> code, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            code();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
