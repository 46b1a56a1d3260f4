namespace Andmu.Pipeline.Spool.Engine;

/// <summary>The thread that drives a <see cref="SpoolEngine"/>: the one that may wait for the card.</summary>
internal sealed class EngineThread(SpoolEngine engine, TimeProvider time, Action progressed)
{
    private readonly object _gate = new(); // a Monitor to wait on, which System.Threading.Lock is not
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private bool _isWoken;
    private volatile bool _isStopping;

    /// <summary>Something is to be done. Any thread.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Start()
    {
        if (_thread is not null)
        {
            throw new InvalidOperationException("The journal has been started.");
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "andmu-spool" };
        _thread.Start();
    }

    /// <summary>Lets it finish what waits; returns when it has, or after <paramref name="timeout"/>.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        _isStopping = true;
        Wake();
        if (_thread is null)
        {
            return;
        }

        try
        {
            await _ended.Task.WaitAsync(timeout, time);
        }
        catch (TimeoutException)
        {
            // The card has not answered; the thread ends when it does, or with the process.
        }
    }

    private void Run()
    {
        using ITimer timer = time.CreateTimer(static thread => ((EngineThread)thread!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!engine.IsClosed)
        {
            if (_isStopping)
            {
                engine.Close();
            }

            TimeSpan wait = engine.Step();
            progressed();
            if (wait > TimeSpan.Zero)
            {
                timer.Change(wait, Timeout.InfiniteTimeSpan);
                Wait();
            }
        }

        _ended.SetResult();
    }

    private void Wait()
    {
        lock (_gate)
        {
            while (!_isWoken)
            {
                Monitor.Wait(_gate);
            }

            _isWoken = false;
        }
    }
}
