using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class WifiAdapterTests
{
    private readonly WifiAdapter _adapter = new(
        (new WifiNetwork("one", "02:00:5e:00:00:01", "WPA2", 5, Connected: true), "first-key"),
        (new WifiNetwork("two", "02:00:5e:00:00:02", "WPA/WPA2", 2, Connected: false), "second-key"),
        (new WifiNetwork("two", "02:00:5e:00:00:03", "WPA/WPA2", 4, Connected: true), "third-key"),
        (new WifiNetwork("free", "02:00:5e:00:00:04", "NONE", 1, Connected: false), ""));

    [Fact]
    public void Scan_AtFirst_OneConnected()
    {
        Assert.Equal([true, false, false, false], _adapter.Scan().Select(network => network.Connected));
        Assert.Equal("one", _adapter.Connected?.Ssid);
    }

    [Theory]
    [InlineData("two", "", "second-key", "02:00:5e:00:00:02")]
    [InlineData("two", "02:00:5E:00:00:03", "third-key", "02:00:5e:00:00:03")]
    [InlineData("free", "", "whatever", "02:00:5e:00:00:04")]
    public void Join_RightKey_ConnectedThereAlone(string ssid, string bssid, string key, string connected)
    {
        Assert.Equal(WifiJoin.Joined, _adapter.Join(ssid, bssid, key));

        Assert.Equal(connected, Assert.Single(_adapter.Scan(), static network => network.Connected).Bssid);
        Assert.Equal(connected, _adapter.Connected?.Bssid);
    }

    [Theory]
    [InlineData("two", "", "first-key", "WrongKey")]
    [InlineData("two", "", "SECOND-KEY", "WrongKey")]
    [InlineData("two", "", "", "WrongKey")]
    [InlineData("Two", "", "second-key", "UnknownNetwork")]
    [InlineData("two", "02:00:5e:00:00:01", "second-key", "UnknownNetwork")]
    [InlineData("", "", "", "UnknownNetwork")]
    public void Join_WrongKeyOrUnknown_StaysWhereItIs(string ssid, string bssid, string key, string outcome)
    {
        Assert.Equal(outcome, _adapter.Join(ssid, bssid, key).ToString());

        Assert.Equal("one", _adapter.Connected?.Ssid);
    }

    [Fact]
    public void Connected_NoNetworks_Null()
    {
        var adapter = new WifiAdapter();

        Assert.Empty(adapter.Scan());
        Assert.Null(adapter.Connected);
    }

    [Fact]
    public void AtHome_SampleKey_EveryNetworkCanBeJoined()
    {
        WifiAdapter adapter = WifiAdapter.AtHome();

        Assert.All(adapter.Scan(), network =>
        {
            Assert.InRange(network.Signal, 1, 5);
            Assert.Equal(WifiJoin.Joined, adapter.Join(network.Ssid, network.Bssid, WifiAdapter.SampleKey));
        });
    }

    [Fact]
    public void ToString_AnyOfThem_NoKey() =>
        Assert.DoesNotContain("-key", $"{_adapter} {string.Join(' ', _adapter.Scan())} {_adapter.Connected}", StringComparison.Ordinal);
}
