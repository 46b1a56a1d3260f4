using System.Diagnostics;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>
/// Two pieces of code against each other, made for a machine that others use: they take turns of a few dozen microseconds, forwards and backwards in every
/// other round, and the median of the rounds' ratios counts. A turn is so short that few are interrupted, and what slows the machine down slows both.
/// </summary>
/// <param name="ours">What is measured.</param>
/// <param name="theirs">What it is measured against.</param>
/// <param name="shared">What neither can do without: taken off both. Null for nothing.</param>
internal sealed class Duel(Func<int> ours, Func<int> theirs, Func<int>? shared = null)
{
    private const int Rounds = 401;
    private const double TurnSeconds = 50e-6;
    private const double PeriodSeconds = 0.1;
    private const double Faster = 0.9;
    private const int SteadyPeriods = 4;

    private readonly Turn _ours = new(ours);
    private readonly Turn _theirs = new(theirs);
    private readonly Turn? _shared = shared is null ? null : new Turn(shared);
    private readonly double[] _ratios = new double[Rounds];
    private readonly double[] _times = new double[Rounds];

    /// <summary>Seconds of a call of ours in the last measurement: the median.</summary>
    public double OursSeconds { get; private set; }

    /// <summary>Lets all be compiled for speed, and finds how many calls make a turn.</summary>
    public void WarmUp()
    {
        _ours.WarmUp();
        _theirs.WarmUp();
        _shared?.WarmUp();
    }

    /// <summary>How many times as long as theirs a call of ours takes: the median of some hundred rounds.</summary>
    public double Measure()
    {
        for (int i = 0; i < Rounds; i++)
        {
            (double own, double common, double other) = i % 2 == 0 ? Forwards() : Backwards();
            _ratios[i] = (own - common) / (other - common);
            _times[i] = own;
        }

        OursSeconds = Median(_times);
        return Median(_ratios);
    }

    private (double Own, double Common, double Other) Forwards()
    {
        double own = _ours.Time();
        double common = _shared?.Time() ?? 0;
        return (own, common, _theirs.Time());
    }

    private (double Own, double Common, double Other) Backwards()
    {
        double other = _theirs.Time();
        double common = _shared?.Time() ?? 0;
        return (_ours.Time(), common, other);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private sealed class Turn(Func<int> code)
    {
        private int _calls = 1;

        /// <summary>Until it has not become faster any more for a while: the runtime compiles for speed behind its back.</summary>
        public void WarmUp()
        {
            double best = double.PositiveInfinity;
            for (int steady = 0; steady < SteadyPeriods; steady++)
            {
                double time = WarmUpPeriod();
                steady = time < best * Faster ? -1 : steady;
                best = Math.Min(best, time);
            }
        }

        private double WarmUpPeriod()
        {
            long start = Stopwatch.GetTimestamp();
            double best = double.PositiveInfinity;
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < PeriodSeconds)
            {
                double time = Time();
                if (time * _calls < TurnSeconds)
                {
                    _calls *= 2;
                }
                else
                {
                    best = Math.Min(best, time);
                }
            }

            return best;
        }

        /// <summary>Seconds of a call.</summary>
        public double Time()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < _calls; i++)
            {
                code();
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds / _calls;
        }
    }
}
