namespace Andmu.Pipeline.Control.Schedules;

/// <summary>
/// A schedule that repeats every week (specification 5.2.9.16 and 5.2.9.19): when it is active, and when that changes next. Entries may
/// overlap or touch; together they are one. Immutable, any thread; it has no clock, the time is handed in.
/// </summary>
public sealed class WeeklySchedule : IEquatable<WeeklySchedule>
{
    /// <summary>
    /// Most entries that a schedule from the platform may have (specification 5.2.9.19, and the index 0 to 6 of 5.2.9.16).
    /// </summary>
    public const int MaxEntries = 7;

    private readonly WeekFlips _flips;

    /// <summary>Takes the entries as they are.</summary>
    /// <param name="entries">The entries, in any order.</param>
    /// <exception cref="ArgumentException">A time is not a whole minute.</exception>
    public WeeklySchedule(IReadOnlyList<ScheduleEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entries = [.. entries];
        _flips = WeekFlips.Of(Entries);
    }

    /// <summary>The schedule without entries, which is never active.</summary>
    public static WeeklySchedule Never { get; } = new([]);

    /// <summary>The entries, in the order in which they came.</summary>
    public IReadOnlyList<ScheduleEntry> Entries { get; }

    /// <summary>Whether an entry covers an instant. A start belongs to its entry, an end no longer does.</summary>
    /// <param name="time">The instant, with any offset.</param>
    public bool IsActive(DateTimeOffset time) => _flips.IsActive(TimeOfWeek(time));

    /// <summary>The first instant after <paramref name="time"/> at which <see cref="IsActive"/> says the opposite.</summary>
    /// <param name="time">The instant, with any offset.</param>
    /// <returns>That instant, in UTC; null when it never changes, or not before the calendar ends.</returns>
    public DateTimeOffset? NextChange(DateTimeOffset time)
    {
        if (_flips.UntilNext(TimeOfWeek(time)) is not { } wait || wait > DateTimeOffset.MaxValue - time)
        {
            return null;
        }

        return time.ToUniversalTime() + wait;
    }

    /// <inheritdoc/>
    public bool Equals(WeeklySchedule? other) => other is not null && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WeeklySchedule);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ScheduleEntry entry in Entries)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }

    /// <summary>For instance <c>2 entries</c>.</summary>
    public override string ToString() => Entries.Count == 1 ? "1 entry" : $"{Entries.Count} entries";

    private static TimeSpan TimeOfWeek(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        return TimeSpan.FromDays((int)utc.DayOfWeek) + utc.TimeOfDay;
    }
}
