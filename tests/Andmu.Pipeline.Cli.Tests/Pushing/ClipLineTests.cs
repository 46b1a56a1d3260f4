using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Cli.Pushing;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Cli.Tests.Pushing;

public sealed class ClipLineTests
{
    private static readonly EventClipReport Whole = new(
        new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), 1, EventClipOutcome.Delivered, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10.04),
        default, default, default);

    [Fact]
    public void Of_WholeClip_SaysHowMuchBeforeAndAfter()
    {
        Assert.Matches(@"^andmu: event at \d\d:\d\d:00\.000: clip delivered, 6\.0 s before, 10\.0 s after\.$", ClipLine.Of(Whole, inputEnded: false));
    }

    [Fact]
    public void Of_SeveralEvents_SaysHowMany() =>
        Assert.Contains(" and 2 more: clip", ClipLine.Of(Whole with { Events = 3 }, inputEnded: false), StringComparison.Ordinal);

    [Fact]
    public void Of_ClipWithHoles_SaysWhatIsMissing()
    {
        EventClipReport clip = Whole with
        {
            PreRoll = TimeSpan.FromSeconds(1),
            MissingPreRoll = TimeSpan.FromSeconds(4),
            MissingPostRoll = TimeSpan.FromSeconds(0.5),
            Lost = new MediaTotals(7, 5, 1, 1000),
        };

        Assert.EndsWith(
            "clip delivered, 1.0 s before (4.0 s missing), 10.0 s after (0.5 s missing), 12 pictures and audio packs lost in it.",
            ClipLine.Of(clip, inputEnded: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventClipOutcome.UplinkEnded, true, "the input ended before the post-roll of 10.0 s")]
    [InlineData(EventClipOutcome.UplinkEnded, false, "clip not delivered")]
    [InlineData(EventClipOutcome.DeviceOff, false, "switched off")]
    [InlineData(EventClipOutcome.PlanChanged, false, "plan")]
    [InlineData(EventClipOutcome.Evicted, false, "longer than the buffer reaches")]
    internal void Of_ClipThatWasNotDelivered_SaysWhy(EventClipOutcome outcome, bool inputEnded, string says)
    {
        EventClipReport clip = Whole with { Outcome = outcome, PostRoll = default, MissingPostRoll = TimeSpan.FromSeconds(10) };

        Assert.Contains(says, ClipLine.Of(clip, inputEnded), StringComparison.Ordinal);
    }
}
