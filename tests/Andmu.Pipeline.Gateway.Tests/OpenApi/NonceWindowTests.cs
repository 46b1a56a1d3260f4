using System.Globalization;
using Andmu.Pipeline.Gateway.OpenApi;

namespace Andmu.Pipeline.Gateway.Tests.OpenApi;

public sealed class NonceWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryAdd_SeenBefore_IsFalseUntilTheWindowHasPassed()
    {
        var window = new NonceWindow(TimeSpan.FromMinutes(10));

        Assert.True(window.TryAdd("a", Start));
        Assert.False(window.TryAdd("a", Start.AddMinutes(10)));
        Assert.True(window.TryAdd("a", Start.AddMinutes(10).AddSeconds(1)));
    }

    [Fact]
    public void TryAdd_WithoutEnd_KeepsMemoryBounded()
    {
        var window = new NonceWindow(TimeSpan.FromMinutes(10));
        for (int i = 0; i < NonceWindow.Capacity + 100; i++)
        {
            Assert.True(window.TryAdd(i.ToString(CultureInfo.InvariantCulture), Start));
        }

        Assert.Equal(NonceWindow.Capacity, window.Count);
    }
}
