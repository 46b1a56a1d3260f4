using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Tests.Upload;

/// <summary>Holds what is reported of events' clips against what the platform has really recorded. Knows the events, and nothing of how clips are made of them.</summary>
/// <remarks>The tolerance is what B-pictures make of a time of day: it is placed in the media by the entry that was written last, and that may be early or late.</remarks>
internal sealed class ClipJudge(CaptureLog log, EventRecordingOptions options, long toleranceMs)
{
    private readonly List<Event> _events = [];

    public int Reported { get; private set; }

    public int Whole { get; private set; }

    /// <summary>A type of event that goes on, or null.</summary>
    public DeviceEventType? Open => _events.FindLast(e => e.EndMs == long.MaxValue)?.Type;

    internal sealed class Event
    {
        public required int Index { get; init; }

        public required DeviceEventType Type { get; init; }

        public required DateTimeOffset Time { get; init; }

        public required long Ms { get; init; }

        public required long WantedFromMs { get; init; }

        /// <summary>Where a clip of it starts that misses nothing.</summary>
        public required long From { get; init; }

        /// <summary>The same, by the earliest that its time of day may mean.</summary>
        public required long LooseFrom { get; init; }

        /// <summary>The same, by the latest that its time of day may mean.</summary>
        public required long SureFrom { get; init; }

        /// <summary>The buffer reached back to there when the event was told.</summary>
        public required bool WasHeld { get; init; }

        /// <summary>End of the event itself.</summary>
        public long EndMs { get; set; } = long.MaxValue;

        /// <summary>First position behind its clip, once it is known.</summary>
        public long Cut { get; set; } = long.MaxValue;

        /// <summary>The plan has been event recording, and the device on, ever since.</summary>
        public bool IsPure { get; set; }

        public bool IsReported { get; set; }
    }

    public void OnStart(DeviceEventType type, DateTimeOffset time, long ms, long floor, long oldest, bool isDeviceOn, bool isPure)
    {
        long wanted = ms - (long)options.PreRoll.TotalMilliseconds;
        long from = log.StartFor(wanted, floor);
        _events.Add(new Event
        {
            Index = _events.Count,
            Type = type,
            Time = time,
            Ms = ms,
            WantedFromMs = wanted,
            From = from,
            LooseFrom = log.StartFor(wanted - toleranceMs, floor),
            SureFrom = log.StartFor(wanted + toleranceMs, floor),
            WasHeld = from >= oldest,
            IsPure = isPure,
            IsReported = !isDeviceOn, // it has no clip
        });
    }

    public void OnEnd(DeviceEventType type, long ms)
    {
        foreach (Event e in _events)
        {
            if (e.Type == type && e.EndMs == long.MaxValue)
            {
                e.EndMs = Math.Max(ms, e.Ms);
            }
        }
    }

    /// <summary>The plan was changed, or the device switched off.</summary>
    public void OnDisturbed()
    {
        foreach (Event e in _events)
        {
            e.IsPure = false;
        }
    }

    /// <summary>Whether any event accounts for flag 1 on a package.</summary>
    public bool MayBeRecorded(long position)
    {
        for (int i = _events.Count - 1; i >= 0; i--)
        {
            if (position >= _events[i].LooseFrom && position < CutOf(_events[i]))
            {
                return true;
            }
        }

        return false;
    }

    public string? OnReport(in EventClipReport report)
    {
        Reported++;
        Whole += report.IsWhole ? 1 : 0;
        DateTimeOffset time = report.EventTime;
        int told = _events.FindIndex(e => e.Time == time);
        if (told < 0)
        {
            return $"a report of an event at {time:O}, which never happened";
        }

        // The events of a clip are told one after the other; the earliest of them need not be the one that is told first.
        int first = told;
        while (first > 0 && told - first + 1 < report.Events && !_events[first - 1].IsReported && _events[first - 1].Time > time)
        {
            first--;
        }

        List<Event> group = first + report.Events <= _events.Count ? _events.GetRange(first, report.Events) : [];
        bool isNew = group.Count > 0 && group.TrueForAll(e => !e.IsReported);
        group.ForEach(e => e.IsReported = true);
        string? fault = isNew ? Judge(report, group) : "reported twice, or never happened";
        return fault is null ? null : $"events {first} to {first + report.Events - 1}: {fault}; reported: {report}";
    }

    /// <summary>Everything that had the time to be delivered has been: whatever was not reported now never will be.</summary>
    public string? AtTheEnd() =>
        _events.Find(e => e is { IsPure: true, IsReported: false }) is { } missing ? $"event {missing.Index} was never reported" : null;

    private string? Judge(in EventClipReport report, List<Event> group)
    {
        bool delivered = report.Outcome == EventClipOutcome.Delivered;
        long missing = -1;
        bool unproved = false;
        foreach (Event e in group)
        {
            missing = missing >= 0 ? missing : FirstMissing(e, known: false);
            unproved |= FirstMissing(e, known: true) >= 0;
            if (report.IsWhole && e.SureFrom < log.Count && log[e.SureFrom].MediaMs > e.WantedFromMs + toleranceMs)
            {
                return $"said to be whole, but the pre-roll of event {e.Index} starts at {log[e.From].MediaMs}, not at {e.WantedFromMs}";
            }
        }

        if (report.IsWhole && missing >= 0)
        {
            return $"said to be whole, but {missing} is not recorded";
        }

        bool prerolls = group.TrueForAll(e => e.LooseFrom < log.Count && log[e.LooseFrom].MediaMs <= e.WantedFromMs - toleranceMs);
        bool inOrder = group.TrueForAll(e => e.Ms >= group[0].Ms); // one that is told late may ask for what a viewer has seen by chance
        if (delivered && inOrder && !unproved && prerolls && !report.IsWhole && group.TrueForAll(e => e.IsPure && e.WasHeld))
        {
            return "said to be short, but nothing is missing";
        }

        return Lengths(report, group, delivered);
    }

    private string? Lengths(in EventClipReport report, List<Event> group, bool delivered)
    {
        long from = group.Min(e => e.From);
        long to = Math.Min(log.Count, group.Max(CutOf));
        long sureMs = group.Max(e => e.EndMs == long.MaxValue ? long.MaxValue : e.EndMs + (long)options.PostRoll.TotalMilliseconds - toleranceMs);
        long eventMs = group.Min(e => e.Ms);
        long preMs = (long)report.PreRoll.TotalMilliseconds;
        long startMs = eventMs - (long)(options.PreRoll - report.MissingPreRoll).TotalMilliseconds;
        long firstMs = long.MaxValue;
        long lastMs = long.MinValue;
        int holes = 0;
        int open = 0;
        for (long p = from; p < to; p++)
        {
            Captured entry = log[p];
            if (delivered ? entry.IsRecorded : entry.SentToRecord)
            {
                firstMs = Math.Min(firstMs, entry.MediaMs);
                lastMs = Math.Max(lastMs, entry.MediaMs);
                holes += open;
                open = 0;
            }
            else if (firstMs != long.MaxValue && entry.MediaMs >= startMs && entry.MediaMs < sureMs && !entry.IsLeading && entry.Type != Protocol.PackageType.ParameterSets)
            {
                open++;
            }
        }

        long postMs = (long)report.PostRoll.TotalMilliseconds;
        long endMs = group.Max(e => e.EndMs);
        return preMs > 0 && firstMs > eventMs - preMs + toleranceMs ? $"pre-roll from {eventMs - preMs} is reported, but it starts at {firstMs}"
            : preMs > 0 && lastMs < Math.Min(eventMs, firstMs + preMs) - toleranceMs ? $"a pre-roll of {preMs} ms is reported, but it ends at {lastMs}"
            : postMs > 0 && lastMs < endMs + postMs - toleranceMs ? $"post-roll to {endMs + postMs} is reported, but it ends at {lastMs}"
            : delivered && holes > 0 && report.Lost.Packages == 0 ? $"{holes} packages are missing in its middle, and not reported"
            : null;
    }

    private long FirstMissing(Event e, bool known)
    {
        long to = Math.Min(log.Count, CutOf(e));
        long endMs = e.EndMs == long.MaxValue ? long.MaxValue : e.EndMs + (long)options.PostRoll.TotalMilliseconds;
        for (long p = known ? e.LooseFrom : e.SureFrom; p < to; p++)
        {
            if (!(known ? log[p].IsKnownRecorded : log[p].IsRecorded) && !log[p].IsLeading && (known ? IsNeededForProof(p, endMs) : log[p].MediaMs < endMs - toleranceMs))
            {
                return p;
            }
        }

        return -1;
    }

    /// <summary>That nothing of a clip is missing is known when the first picture behind its end has arrived.</summary>
    private bool IsNeededForProof(long position, long endMs) =>
        log[position].MediaMs < endMs + toleranceMs || (position > 0 && log[position - 1].HighestMs < endMs + toleranceMs);

    private long CutOf(Event e)
    {
        if (e.Cut == long.MaxValue && e.EndMs != long.MaxValue)
        {
            long cut = log.CutBehind(e.From, e.EndMs + (long)options.PostRoll.TotalMilliseconds + toleranceMs);
            e.Cut = cut < 0 ? long.MaxValue : cut;
        }

        return e.Cut;
    }
}
