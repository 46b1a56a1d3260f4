using System.Globalization;

namespace Andmu.Pipeline.OpenApi.Authentication;

/// <summary>The platform's clock as far as this device knows it: the device's own clock plus an offset (specification 2.2).</summary>
/// <remarks>
/// The platform refuses a request stamped more than five minutes off and says its own time in the <c>Date</c> header. The
/// device's clock is not touched: setting it is the host's business. Safe to use from any thread.
/// </remarks>
internal sealed class PlatformClock(TimeProvider timeProvider)
{
    // RFC 3339 is what the specification asks of the platform; the three others are what RFC 9110 5.6.7 allows any server.
    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private static readonly string[] HttpDates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    // A platform that claims a time before the protocol existed, or after the certificates of today, has a fault of its own.
    private static readonly DateTimeOffset Earliest = new(2017, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _offsetTicks;

    /// <summary>Platform time minus device time; zero until the platform has corrected it.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offsetTicks));

    /// <summary>Now, by the platform's clock, in the device's time zone: the specification's examples are local time with offset.</summary>
    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(timeProvider.GetUtcNow() + Offset, timeProvider.LocalTimeZone);

    /// <summary>Takes the platform's time from a <c>Date</c> header.</summary>
    /// <returns>False when there is none, it cannot be read or it is absurd; the offset stays as it was.</returns>
    public bool TryAdopt(string? dateHeader)
    {
        if (!TryParse(dateHeader, out DateTimeOffset date) || date < Earliest || date > Latest)
        {
            return false;
        }

        Interlocked.Exchange(ref _offsetTicks, (date - timeProvider.GetUtcNow()).Ticks);
        return true;
    }

    private static bool TryParse(string? text, out DateTimeOffset date)
    {
        string trimmed = text?.Trim() ?? "";
        if (DateTimeOffset.TryParseExact(trimmed, HttpDates, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out date))
        {
            return true;
        }

        // "K" would also take a time without offset, and guessing one may be hours off.
        bool hasOffset = trimmed.EndsWith('Z') || (trimmed.Length > 6 && trimmed[^6] is '+' or '-');
        return DateTimeOffset.TryParseExact(trimmed, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && hasOffset;
    }
}
