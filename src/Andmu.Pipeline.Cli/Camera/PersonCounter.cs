namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Counts persons that are not there: as many as walk past a shop door, few by night. One caller.</summary>
/// <param name="random">Decides who comes.</param>
internal sealed class PersonCounter(Random random)
{
    private const double PersonsPerMinuteByDay = 1.5;
    private const double PersonsPerMinuteByNight = 0.05;
    private const int FirstHourOfDay = 7;
    private const int FirstHourOfNight = 22;

    /// <summary>Those of a time.</summary>
    /// <param name="start">When counting began; its clock time says whether it is day.</param>
    /// <param name="stop">When it ended. Before the start, nobody came.</param>
    public PersonCount Count(DateTimeOffset start, DateTimeOffset stop)
    {
        double rate = start.Hour is >= FirstHourOfDay and < FirstHourOfNight ? PersonsPerMinuteByDay : PersonsPerMinuteByNight;
        double minutes = (stop - start).TotalMinutes;
        return new PersonCount(Arrivals(rate * minutes), Arrivals(rate * minutes));
    }

    // A Poisson process: the waits between persons who know nothing of one another are exponential. A number that does not fit stays at the largest.
    private int Arrivals(double expected)
    {
        int count = 0;
        for (double passed = Wait(); passed < expected && count < PersonCount.Largest; passed += Wait())
        {
            count++;
        }

        return count;
    }

    private double Wait() => -Math.Log(1 - random.NextDouble());
}
