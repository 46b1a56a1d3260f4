using Andmu.Pipeline.Control.Reports;

namespace Andmu.Pipeline.Device.Services;

/// <summary>One report of counted persons (specification 5.2.6).</summary>
/// <param name="Start">When counting began, by the platform's clock.</param>
/// <param name="Stop">When it ended.</param>
/// <param name="Counts">Of 16 bits each.</param>
internal readonly record struct PersonCountPeriod(DateTimeOffset Start, DateTimeOffset Stop, PersonCounts Counts)
{
    /// <summary>The message of the event.</summary>
    public string ToJson() => new PersonCount(Start, Stop, Counts.BottomToTop, Counts.TopToBottom).ToJson();
}
