namespace Andmu.Pipeline.Gateway.OpenApi;

/// <summary>Notices devices that ask for their binding faster than every 10 s (specification 5.1.2). Safe for any thread.</summary>
internal sealed class BindingPolls(TimeProvider time)
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);

    // A timer of a device is never exact; half a second early is still "every 10 s".
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);
    private const int MaxDevices = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _lastPoll = new(StringComparer.Ordinal);

    public bool IsTooFast(string deviceId)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            bool known = _lastPoll.TryGetValue(deviceId, out long last);
            if (!known && _lastPoll.Count >= MaxDevices)
            {
                _lastPoll.Clear();
            }

            _lastPoll[deviceId] = now;
            return known && time.GetElapsedTime(last, now) < MinInterval - Tolerance;
        }
    }
}
