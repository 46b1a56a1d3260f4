using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Cli.Camera;

/// <summary>A simulated Wi-Fi adapter among networks that do not change. Keys go in and never come out. Any thread.</summary>
internal sealed class WifiAdapter
{
    /// <summary>The key of the networks of <see cref="AtHome"/>: that of the specification's example (5.2.9.15).</summary>
    public const string SampleKey = "12345678";

    private const string Open = "NONE"; // takes any key

    private readonly WifiNetwork[] _networks;
    private readonly string[] _keys;
    private int _connected = -1;

    /// <param name="networks">The networks in reach with their keys; the camera is in the first one that says so.</param>
    public WifiAdapter(params ReadOnlySpan<(WifiNetwork Network, string Key)> networks)
    {
        _networks = new WifiNetwork[networks.Length];
        _keys = new string[networks.Length];
        for (int i = 0; i < networks.Length; i++)
        {
            (_networks[i], _keys[i]) = networks[i];
            _connected = _connected < 0 && _networks[i].Connected ? i : _connected;
        }
    }

    /// <summary>The network that the camera is in, or null.</summary>
    public WifiNetwork? Connected => Volatile.Read(ref _connected) is >= 0 and int index ? _networks[index] with { Connected = true } : null;

    /// <summary>The adapter of a camera in a home with neighbours.</summary>
    public static WifiAdapter AtHome() => new(
        (new WifiNetwork("andmu-home", "02:00:5e:10:00:01", "WPA/WPA2", 5, Connected: true), SampleKey),
        (new WifiNetwork("andmu-garden", "02:00:5e:10:00:02", "WPA2", 3, Connected: false), SampleKey),
        (new WifiNetwork("andmu-guests", "02:00:5e:10:00:03", Open, 2, Connected: false), ""));

    /// <summary>The networks in reach.</summary>
    public IReadOnlyList<WifiNetwork> Scan()
    {
        int connected = Volatile.Read(ref _connected);
        return [.. _networks.Select((network, index) => network with { Connected = index == connected })];
    }

    /// <summary>Joins a network. When that fails, the camera stays where it is, as it could not be reached any more otherwise.</summary>
    /// <param name="ssid">Its name.</param>
    /// <param name="bssid">The access point, in capitals or not; empty for any of that name.</param>
    /// <param name="key">Its key.</param>
    public WifiJoin Join(string ssid, string bssid, string key)
    {
        int index = Array.FindIndex(_networks, network => network.Ssid == ssid
            && (bssid.Length == 0 || network.Bssid.Equals(bssid, StringComparison.OrdinalIgnoreCase)));
        if (index < 0)
        {
            return WifiJoin.UnknownNetwork;
        }

        if (_networks[index].Encryption != Open && _keys[index] != key)
        {
            return WifiJoin.WrongKey;
        }

        Volatile.Write(ref _connected, index);
        return WifiJoin.Joined;
    }
}
