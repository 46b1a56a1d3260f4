using Andmu.Pipeline.Gateway.Audit;

namespace Andmu.Pipeline.Gateway.Tests.Audit;

public sealed class ThumbnailAuditTests
{
    private static readonly byte[] Whole = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0xFF, 0xD9];
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly ThumbnailAudit _audit = new();

    [Fact]
    public void Check_NotAskedFor_Told() => Assert.Contains("none was asked for", Assert.Single(Check(0)), StringComparison.Ordinal);

    [Theory]
    [InlineData(10, true)]
    [InlineData(5, true)]
    [InlineData(22, true)]
    [InlineData(4.9, false)]
    [InlineData(22.1, false)]
    public void Check_Rhythm_AboutAsAskedFor(double gap, bool isGood)
    {
        _audit.Ask(TimeSpan.FromSeconds(10), Start);

        Assert.Empty(Check(3));
        Assert.Equal(isGood, Check(3 + gap).Count == 0);
    }

    [Fact]
    public void Check_HeldOrReconnected_RhythmSaysNothing()
    {
        _audit.Ask(TimeSpan.FromSeconds(10), Start);
        Check(0);

        Assert.Empty(Check(100, isHeld: true));
        _audit.Reconnected();
        Assert.Empty(Check(500));
    }

    [Fact]
    public void Check_Stopped_AllowsWhatWasUnderWay()
    {
        _audit.Ask(TimeSpan.Zero, Start);

        Assert.Empty(Check(2));
        Assert.Empty(_audit.Check(Whole, Start, Start.AddMinutes(1), isHeld: false));
        Assert.Contains("no more were asked for", Assert.Single(Check(2.1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NoJpeg_Told()
    {
        _audit.Ask(TimeSpan.FromSeconds(10), Start);

        Assert.Contains("no JPEG", Assert.Single(_audit.Check(Whole.AsSpan()[..^1], Start, Start, isHeld: false)), StringComparison.Ordinal);
        Assert.Contains("no JPEG", Assert.Single(_audit.Check([], Start.AddSeconds(10), Start, isHeld: false)), StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Check(double second, bool isHeld = false) =>
        _audit.Check(Whole, Start.AddSeconds(second), Start.AddSeconds(second), isHeld);
}
