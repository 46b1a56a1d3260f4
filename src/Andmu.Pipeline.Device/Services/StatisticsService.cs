using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.State;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Counts what the platform wants to know of a day, over restarts, and tells it once a night (specification 5.2.12).</summary>
/// <remarks>Thread-safe; nothing here waits for a disk but its own timer. Before the first login since the start nothing is told: only then is it known
/// what day it is. What cannot be told is told in the next night, together with what is counted until then.</remarks>
internal sealed class StatisticsService : IAsyncDisposable
{
    /// <summary>A full outbox is tried again after this, as long as the night lasts.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(1);

    /// <summary>A flash is not written more often: a power cut costs as much of the counts.</summary>
    private static readonly TimeSpan KeepSpan = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly StatisticsSources _sources;
    private readonly Func<DailyStatistics, bool> _send;
    private readonly StatisticsStore _store;
    private readonly TimeZoneInfo _zone;
    private readonly ILogger _logger;
    private readonly StatisticsWindow _window;
    private readonly DueWork _work;
    private KeptStatistics _kept;
    private StatisticsTotals _before = StatisticsTotals.None; // the counters as they were added last
    private TimeSpan? _onlineSince;
    private bool _isClockKnown;
    private TimeSpan _lastKept;

    /// <param name="sources">What is counted.</param>
    /// <param name="send">Sends a report so that it is not lost; false when it cannot be taken.</param>
    /// <param name="store">Where the counts survive a restart.</param>
    /// <param name="timeProvider">For the local time zone and the waits.</param>
    /// <param name="random">For the minute of the night; used by one thread at a time.</param>
    /// <param name="logger">Where reports are noted.</param>
    public StatisticsService(
        StatisticsSources sources, Func<DailyStatistics, bool> send, StatisticsStore store, TimeProvider timeProvider, Random random, ILogger logger)
    {
        _sources = sources;
        _send = send;
        _store = store;
        _zone = timeProvider.LocalTimeZone;
        _logger = logger;
        _window = new StatisticsWindow(random);
        KeptStatistics kept = store.Load();
        _kept = kept with { Totals = kept.Totals.Plus(StatisticsTotals.None with { Starts = 1 }) };
        store.Keep(_kept); // at once: a device that starts again and again is what the count is for
        _work = new DueWork(WorkAsync, timeProvider, logger);
        _work.DueBy(KeepSpan);
    }

    /// <summary>The uplink has changed its state: the handler of its event.</summary>
    public void OnUplinkChanged(UplinkStateChange change)
    {
        bool isOnline = change.State == UplinkState.Online;
        lock (_lock)
        {
            if (isOnline)
            {
                _onlineSince ??= _work.Now;
                _isClockKnown = true;
            }
            else if (_onlineSince is not null)
            {
                AddOnlineTime();
                _onlineSince = null;
                bool byHost = change.Fault?.Kind == UplinkFaultKind.Stopped;
                Add(StatisticsTotals.None with { Disconnects = byHost ? 0 : 1 });
            }
        }

        if (isOnline)
        {
            _work.DueBy(TimeSpan.Zero); // the clock may be another now
        }
    }

    /// <summary>Keeps what was counted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        lock (_lock)
        {
            AddCounters();
            _store.Keep(_kept);
        }
    }

    private Task WorkAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = KeepSpan;
        try
        {
            if (_isClockKnown)
            {
                wait = Check();
            }

            KeepAtTimes();
        }
        finally
        {
            _work.DueBy(_work.Now + wait);
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends a report if one is due.</summary>
    /// <returns>When to look again.</returns>
    private TimeSpan Check()
    {
        DateTimeOffset now = _sources.PlatformTime();
        DateTime local = TimeZoneInfo.ConvertTime(now, _zone).DateTime;
        DateOnly last = Begin(now, DateOnly.FromDateTime(local));
        if (!_window.IsDue(local, last, out TimeSpan wait))
        {
            return wait;
        }

        return TryReport(now, DateOnly.FromDateTime(local)) ? KeepSpan : RetryPause;
    }

    /// <summary>The day of the last report. The first time that the day is known, this one: there is nothing to tell of it yet.</summary>
    private DateOnly Begin(DateTimeOffset now, DateOnly today)
    {
        lock (_lock)
        {
            if (_kept.LastDay is not { } last)
            {
                _kept = _kept with { Start = now, LastDay = today };
                return today;
            }

            if (last.DayNumber > today.DayNumber + 1)
            {
                _kept = _kept with { LastDay = today }; // the clock was wrong then: what it said must not silence the device for years
                return today;
            }

            return last;
        }
    }

    private bool TryReport(DateTimeOffset now, DateOnly today)
    {
        string? selfDefine = SelfDefine.Ask(_sources.SelfDefine, _logger);
        DailyStatistics report;
        KeptStatistics before;
        lock (_lock)
        {
            AddCounters();
            before = _kept;
            report = new DailyStatistics(_kept.Start < now ? _kept.Start.Value : now, now, _kept.Totals, selfDefine);
            _kept = new KeptStatistics(now, today, StatisticsTotals.None); // what is counted while it is sent is the next one's
        }

        bool sent = false;
        try
        {
            sent = _send(report);
        }
        finally
        {
            Settle(report, before, sent);
        }

        return sent;
    }

    private void Settle(DailyStatistics report, KeptStatistics before, bool sent)
    {
        ServiceLog.StatisticsReported(_logger, report.Start, report.End, sent);
        KeptStatistics kept;
        lock (_lock)
        {
            if (!sent)
            {
                _kept = before with { Totals = before.Totals.Plus(_kept.Totals) };
            }

            kept = _kept;
        }

        if (sent)
        {
            _store.Keep(kept);
        }
    }

    private void KeepAtTimes()
    {
        if (_work.Now - _lastKept >= KeepSpan)
        {
            KeptStatistics kept;
            lock (_lock)
            {
                AddCounters();
                kept = _kept;
            }

            _lastKept = _work.Now;
            _store.Keep(kept);
        }
    }

    private void AddCounters()
    {
        AddOnlineTime();
        StatisticsTotals now = StatisticsTotals.Of(_sources.Uplink(), _sources.OpenApiFailures(), _sources.AddressRequests());
        Add(now.Since(_before));
        _before = now;
    }

    private void AddOnlineTime()
    {
        if (_onlineSince is { } since)
        {
            TimeSpan now = _work.Now;
            Add(StatisticsTotals.None with { OnlineMs = (long)(now - since).TotalMilliseconds });
            _onlineSince = now;
        }
    }

    private void Add(StatisticsTotals more) => _kept = _kept with { Totals = _kept.Totals.Plus(more) };
}
