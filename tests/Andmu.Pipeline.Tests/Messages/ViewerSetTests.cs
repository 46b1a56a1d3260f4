using Andmu.Pipeline.Messages;

namespace Andmu.Pipeline.Tests.Messages;

public sealed class ViewerSetTests
{
    [Fact]
    public void Viewers_Overlapping_AreCountedOnceEach()
    {
        var viewers = new ViewerSet();
        Assert.True(viewers.TryAdd("a"));
        Assert.True(viewers.TryAdd("b"));
        Assert.True(viewers.TryAdd("a"));
        Assert.Equal(2, viewers.Count);
        viewers.Remove("a");
        viewers.Remove("a");
        viewers.Remove("unknown");
        Assert.Equal(1, viewers.Count);
        viewers.Clear();
        Assert.Equal(0, viewers.Count);
    }

    [Fact]
    public void TryAdd_Flood_IsBounded()
    {
        var viewers = new ViewerSet();
        int taken = Enumerable.Range(0, 10_000).Count(i => viewers.TryAdd($"viewer {i}"));
        Assert.Equal(64, taken);
        Assert.Equal(64, viewers.Count);
        Assert.True(viewers.TryAdd("viewer 0")); // known already
    }
}
