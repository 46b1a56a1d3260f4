namespace Andmu.Pipeline.Device.Services;

/// <summary>When in the night the statistics are sent (specification 5.2.12: best between 00:00 and 04:00): at a minute drawn anew every night, so that
/// the devices of a platform do not all call at midnight. One thread at a time.</summary>
/// <remarks>It goes by dates, not by 24 hours: a night in which the clock is set back has no second report. A device that was off in the night, as some are every
/// night, reports in the first hour of its day.</remarks>
internal sealed class StatisticsWindow(Random random)
{
    private const int Minutes = 4 * 60;
    private const int LateMinutes = 60;
    private const int MinutesPerDay = 24 * 60;

    /// <summary>Looked at this often: the clock may be set meanwhile, by the platform or for daylight saving.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private DateOnly? _night;
    private TimeSpan _at;

    /// <summary>Whether a report is due.</summary>
    /// <param name="local">The local time.</param>
    /// <param name="last">The day of the last report.</param>
    /// <param name="wait">If none is due: when to look again.</param>
    public bool IsDue(DateTime local, DateOnly last, out TimeSpan wait)
    {
        var today = DateOnly.FromDateTime(local);
        TimeSpan midnight = TimeSpan.FromDays(1) - local.TimeOfDay;
        TimeSpan next = midnight;
        if (today > last)
        {
            Draw(today, local.TimeOfDay);
            next = _at - local.TimeOfDay;
        }

        wait = next < LongestWait ? next : LongestWait;
        return next <= TimeSpan.Zero;
    }

    private void Draw(DateOnly night, TimeSpan now)
    {
        if (_night != night)
        {
            _night = night;
            int from = (int)now.TotalMinutes;
            _at = TimeSpan.FromMinutes(random.Next(from, from < Minutes ? Minutes : Math.Min(from + LateMinutes, MinutesPerDay)));
        }
    }
}
