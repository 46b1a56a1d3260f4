using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Does one piece of work when it is due, never twice at once. It runs on the timers of the injected clock and needs no loop: a service that
/// has nothing to do costs nothing, and whoever says that something is due is not kept waiting for it.</summary>
/// <remarks>Thread-safe. What becomes due while the work is done is done after it. What the work throws is logged.</remarks>
internal sealed class DueWork : IAsyncDisposable
{
    /// <summary>Timers take 49 days at the most, a platform's spans 136 years: a long wait is made of several.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Func<CancellationToken, Task> _work;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _due;
    private bool _running;
    private bool _stopped;

    public DueWork(Func<CancellationToken, Task> work, TimeProvider timeProvider, ILogger logger)
    {
        _work = work;
        _timeProvider = timeProvider;
        _logger = logger;
        _origin = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(
            static state => ((DueWork)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time since this was made, by a clock that nobody sets.</summary>
    public TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>The work is due at a time of <see cref="Now"/>, and not at the time that was said before.</summary>
    /// <param name="time">When; at once if it is past, null for not at all.</param>
    public void DueAt(TimeSpan? time)
    {
        lock (_lock)
        {
            _due = time;
            Arm();
        }
    }

    /// <summary>The work is due at a time of <see cref="Now"/>, or when it was said before if that is sooner.</summary>
    public void DueBy(TimeSpan time)
    {
        lock (_lock)
        {
            _due = _due is { } due && due < time ? due : time;
            Arm();
        }
    }

    /// <summary>Cancels the work that is being done, waits for its end, and does none any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (!_stopped && !_running)
            {
                _ended.SetResult();
            }

            _stopped = true;
        }

        await _stop.CancelAsync();
        await _timer.DisposeAsync();
        await _ended.Task;
    }

    private void Arm()
    {
        if (!_stopped && !_running)
        {
            TimeSpan wait = _due is not { } due ? Timeout.InfiniteTimeSpan
                : due <= Now ? TimeSpan.Zero
                : due - Now < LongestTimer ? due - Now : LongestTimer;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_stopped || _running || _due is not { } due)
            {
                return;
            }

            if (due > Now)
            {
                Arm();
                return;
            }

            _due = null;
            _running = true;
        }

        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            await _work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The service ends.
        }
#pragma warning disable CA1031 // the host's callbacks are called in here, and a timer has nobody to throw to
        catch (Exception error)
#pragma warning restore CA1031
        {
            ServiceLog.WorkFailed(_logger, error);
        }

        lock (_lock)
        {
            _running = false;
            Arm();
            if (_stopped)
            {
                _ended.SetResult();
            }
        }
    }
}
