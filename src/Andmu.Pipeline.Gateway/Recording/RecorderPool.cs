namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>The recorders of all devices; finishes the files of those that fell silent. Safe for any thread.</summary>
internal sealed class RecorderPool : IDisposable
{
    // How long a recorder remembers what it recorded, for a device that comes back and sends it again.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string DeviceId, int Channel), DeviceRecorder> _recorders = [];
    private readonly RecorderContext _context;
    private readonly TimeSpan _idleTimeout;
    private readonly ITimer _timer;
    private bool _closed;

    public RecorderPool(RecorderContext context, TimeSpan idleTimeout)
    {
        _context = context;
        _idleTimeout = idleTimeout;
        TimeSpan period = TimeSpan.FromTicks(Math.Max(idleTimeout.Ticks / 6, TimeSpan.TicksPerMillisecond));
        _timer = context.Time.CreateTimer(static pool => ((RecorderPool)pool!).FinishIdle(), this, period, period);
    }

    /// <summary>The recorder of a device and channel; null once the pool is closed.</summary>
    public DeviceRecorder? For(string deviceId, int channel)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            if (!_recorders.TryGetValue((deviceId, channel), out DeviceRecorder? recorder))
            {
                recorder = new DeviceRecorder(_context, deviceId, channel);
                _recorders.Add((deviceId, channel), recorder);
            }

            return recorder;
        }
    }

    /// <summary>Finishes every file; nothing is recorded afterwards.</summary>
    public void Close()
    {
        DeviceRecorder[] recorders;
        lock (_gate)
        {
            _closed = true;
            recorders = [.. _recorders.Values];
            _recorders.Clear();
        }

        foreach (DeviceRecorder recorder in recorders)
        {
            recorder.Dispose();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Close();
    }

    private void FinishIdle()
    {
        List<DeviceRecorder> idle = [];
        List<DeviceRecorder> forgotten = [];
        lock (_gate)
        {
            foreach (((string, int) key, DeviceRecorder recorder) in _recorders)
            {
                TimeSpan time = recorder.Idle;
                if (time >= _idleTimeout)
                {
                    idle.Add(recorder);
                }

                if (time >= _idleTimeout + Memory)
                {
                    _recorders.Remove(key);
                    forgotten.Add(recorder);
                }
            }
        }

        idle.ForEach(static recorder => recorder.Finish());
        forgotten.ForEach(static recorder => recorder.Dispose());
    }
}
