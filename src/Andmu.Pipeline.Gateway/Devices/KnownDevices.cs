namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>The devices that have called or logged in, by MAC address: a call and a login both name it. Safe for any thread.</summary>
internal sealed class KnownDevices
{
    // As many as may be registered; what is beyond them is forgotten at the end of the call or connection.
    private const int MaxDevices = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KnownDevice> _byMac = new(StringComparer.OrdinalIgnoreCase);

    public KnownDevice Of(string mac)
    {
        lock (_gate)
        {
            if (!_byMac.TryGetValue(mac, out KnownDevice? known))
            {
                known = new KnownDevice();
                if (_byMac.Count < MaxDevices)
                {
                    _byMac.Add(mac, known);
                }
            }

            return known;
        }
    }
}
