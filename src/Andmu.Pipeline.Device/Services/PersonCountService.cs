using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Tells the platform how many persons the host has counted, every span that it asks for, while counting is on (specification 5.2.6).</summary>
/// <remarks>Thread-safe; nothing here waits for the host. What cannot be told is told with the next. Turned off, it tells what was counted up to then.</remarks>
internal sealed class PersonCountService : IAsyncDisposable
{
    /// <summary>Two clocks that were not set differ by less: a report starts where the one before has ended.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Func<PersonCounts> _read;
    private readonly Func<TimeSpan?> _span;
    private readonly Func<DateTimeOffset> _platformTime;
    private readonly Func<PersonCountPeriod, bool> _report;
    private readonly ILogger _logger;
    private readonly DueWork _work;
    private bool _isOn;

    // The work's own, which is done once at a time.
    private TimeSpan? _since; // when the period began, by the work's clock; null while off
    private DateTimeOffset _start; // the same by the platform's clock
    private PersonCounts _counts;
    private bool _isFailing;

    /// <param name="read">The host's counter: what it has counted since it was read last. Called by one thread at a time.</param>
    /// <param name="span">Time between two reports as of the last login; null for none.</param>
    /// <param name="platformTime">Now, by the platform's clock.</param>
    /// <param name="report">Tells the platform; false when it cannot take it.</param>
    /// <param name="timeProvider">For the spans.</param>
    /// <param name="logger">Where a counter that fails is noted, once in a row.</param>
    public PersonCountService(
        Func<PersonCounts> read, Func<TimeSpan?> span, Func<DateTimeOffset> platformTime, Func<PersonCountPeriod, bool> report,
        TimeProvider timeProvider, ILogger logger)
    {
        _read = read;
        _span = span;
        _platformTime = platformTime;
        _report = report;
        _logger = logger;
        _work = new DueWork(WorkAsync, timeProvider, logger);
    }

    /// <summary>Whether persons are counted (specification 5.2.9.18 and 5.2.9.19). False at first; what was counted before it is on is never told.</summary>
    public bool IsOn
    {
        get
        {
            lock (_lock)
            {
                return _isOn;
            }
        }

        set
        {
            lock (_lock)
            {
                if (_isOn == value)
                {
                    return;
                }

                _isOn = value;
            }

            _work.DueBy(TimeSpan.Zero);
        }
    }

    /// <summary>The device has logged in, and the span may be another: it holds from the start of the period on.</summary>
    public void OnLogin() => _work.DueBy(TimeSpan.Zero);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private TimeSpan? Span => _span() is { } span && span > TimeSpan.Zero ? span : null;

    private TimeSpan? NextDue
    {
        get
        {
            if (_since is not { } since || Span is not { } span)
            {
                return null;
            }

            return since + span > _work.Now ? since + span : _work.Now + span; // what was not taken goes with the next
        }
    }

    private Task WorkAsync(CancellationToken cancellationToken)
    {
        switch ((_since, IsOn))
        {
            case (null, true):
                Read();
                _counts = default;
                Begin(_platformTime());
                break;
            case ({ } since, false):
                Read();
                if (_counts != default)
                {
                    Report(since);
                }

                _since = null;
                break;
            case ({ } since, true) when Span is { } span && _work.Now - since >= span:
                Read();
                Report(since);
                break;
        }

        if (NextDue is { } due)
        {
            _work.DueBy(due);
        }

        return Task.CompletedTask;
    }

    private void Read()
    {
        try
        {
            _counts = _counts.Plus(_read());
            _isFailing = false;
        }
#pragma warning disable CA1031 // the host's callback must not end the reports
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_isFailing)
            {
                _isFailing = true;
                ServiceLog.PersonCounterFailed(_logger, error);
            }
        }
    }

    private void Begin(DateTimeOffset start)
    {
        _start = start;
        _since = _work.Now;
    }

    private void Report(TimeSpan since)
    {
        DateTimeOffset stop = _platformTime();
        DateTimeOffset start = stop - (_work.Now - since);
        if ((start - _start).Duration() < ClockTolerance)
        {
            start = _start; // else the platform's clock has become known meanwhile
        }

        if (_report(new PersonCountPeriod(start, stop, _counts)))
        {
            _counts = default;
            Begin(stop);
        }
    }
}
