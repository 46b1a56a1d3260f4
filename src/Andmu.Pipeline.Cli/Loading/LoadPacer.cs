namespace Andmu.Pipeline.Cli.Loading;

/// <summary>The encoders of all devices, on a thread of its own: each device's picture is due at its own point of time, so that the load is even.</summary>
/// <remarks>
/// <code>
///   period       |  1    3   2  |  1    3   2  |  1    3   2  |     phases: multiples of the golden ratio, whatever the number of devices
///   key frames   |  K           |           K  |       K      |     a device starts with its key frame, at its part of the first GOP
/// </code>
/// A machine that is too busy makes pictures late, never fewer; <see cref="LatestMs"/> says so.
/// </remarks>
internal sealed class LoadPacer
{
    private const double GoldenRatio = 0.6180339887498949;

    private readonly TimeProvider _time;
    private readonly LoadDevice[] _devices; // in the order of their phases
    private readonly TimeSpan[] _phases;
    private readonly int[] _firstPeriods;
    private readonly TimeSpan _period;
    private long _latestTicks;

    public LoadPacer(LoadDevice[] devices, int framesPerSecond, int gopLength, TimeProvider time)
    {
        _time = time;
        _period = TimeSpan.FromSeconds(1.0 / framesPerSecond);
        RampUp = _period * gopLength;
        int count = devices.Length;
        var slots = Enumerable.Range(0, count)
            .Select(i => (Device: devices[i], Phase: _period * (i * GoldenRatio % 1), First: (int)((long)i * gopLength / count)))
            .OrderBy(static slot => slot.Phase)
            .ToArray();
        _devices = Array.ConvertAll(slots, static slot => slot.Device);
        _phases = Array.ConvertAll(slots, static slot => slot.Phase);
        _firstPeriods = Array.ConvertAll(slots, static slot => slot.First);
    }

    /// <summary>From the start until every device sends.</summary>
    public TimeSpan RampUp { get; }

    /// <summary>How late a picture was at the most since <see cref="Forget"/>, ms.</summary>
    public double LatestMs => TimeSpan.FromTicks(Interlocked.Read(ref _latestTicks)).TotalMilliseconds;

    /// <summary>What was late before counts no more.</summary>
    public void Forget() => Interlocked.Exchange(ref _latestTicks, 0);

    /// <summary>Runs until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stop)
    {
        using ManualResetEvent stopped = new(false);
        using CancellationTokenRegistration registration = stop.UnsafeRegister(static state => ((ManualResetEvent)state!).Set(), stopped);
        long start = _time.GetTimestamp();
        for (int period = 0; ; period++)
        {
            for (int i = 0; i < _devices.Length; i++)
            {
                if (period < _firstPeriods[i])
                {
                    continue;
                }

                if (!WaitUntil(start, (_period * period) + _phases[i], stopped))
                {
                    return;
                }

                _devices[i].WriteNext();
            }

            if (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private bool WaitUntil(long start, TimeSpan due, ManualResetEvent stopped)
    {
        TimeSpan left = due - _time.GetElapsedTime(start);
        while (left > TimeSpan.Zero)
        {
            if (stopped.WaitOne((int)Math.Ceiling(left.TotalMilliseconds)))
            {
                return false;
            }

            left = due - _time.GetElapsedTime(start);
        }

        if (-left.Ticks > _latestTicks)
        {
            Interlocked.Exchange(ref _latestTicks, -left.Ticks);
        }

        return true;
    }
}
