namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Lets a report of the download through when both time and bytes have moved on enough since the last. Pure; one thread at a time.</summary>
internal sealed class ProgressGate(TimeProvider timeProvider, TimeSpan interval, int percent)
{
    private long _lastTime = timeProvider.GetTimestamp();
    private long _lastBytes;

    /// <param name="current">Bytes that are there.</param>
    /// <param name="total">Bytes of the package; 0 while they are not known: then the time alone decides.</param>
    public bool Passes(long current, long total)
    {
        // From zero again: what was reported is no measure any more.
        _lastBytes = Math.Min(_lastBytes, current);
        if (timeProvider.GetElapsedTime(_lastTime) < interval || current - _lastBytes < (double)total * percent / 100)
        {
            return false;
        }

        _lastTime = timeProvider.GetTimestamp();
        _lastBytes = current;
        return true;
    }
}
