using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Services;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>Counts persons that are not there: as many as walk past a shop door, few by night. One caller.</summary>
/// <param name="time">The clock; its local time says whether it is day.</param>
/// <param name="random">Decides who comes.</param>
internal sealed class PersonCounter(TimeProvider time, Random random)
{
    private const double PersonsPerMinuteByDay = 1.5;
    private const double PersonsPerMinuteByNight = 0.05;
    private const int FirstHourOfDay = 7;
    private const int FirstHourOfNight = 22;

    private long _last = time.GetTimestamp();

    /// <summary>Those who came since it was read last, or made.</summary>
    public PersonCounts Read()
    {
        long now = time.GetTimestamp();
        TimeSpan passed = time.GetElapsedTime(_last, now);
        _last = now;
        bool isDay = (time.GetLocalNow() - passed).Hour is >= FirstHourOfDay and < FirstHourOfNight;
        double expected = (isDay ? PersonsPerMinuteByDay : PersonsPerMinuteByNight) * passed.TotalMinutes;
        return new PersonCounts(Arrivals(expected, PersonCount.MaxBottomToTop), Arrivals(expected, PersonCount.MaxTopToBottom));
    }

    // A Poisson process: the waits between persons who know nothing of one another are exponential. A number that does not fit stays at the largest.
    private int Arrivals(double expected, int largest)
    {
        int count = 0;
        for (double passed = Wait(); passed < expected && count < largest; passed += Wait())
        {
            count++;
        }

        return count;
    }

    private double Wait() => -Math.Log(1 - random.NextDouble());
}
