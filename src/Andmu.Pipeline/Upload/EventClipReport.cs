using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Upload;

/// <summary>What became of one event's clip.</summary>
/// <param name="EventTime">When its first event started, by the platform's clock.</param>
/// <param name="Events">Events in it: those that overlap, or come in the post-roll of another, make one clip.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="PreRoll">Sent before the event.</param>
/// <param name="PostRoll">Sent after the end of the event; zero when the clip ended before the event did.</param>
/// <param name="MissingPreRoll">What the options ask for and was not sent: the buffer did not hold it, or not any more. More than the options ask for when it starts within the event.</param>
/// <param name="MissingPostRoll">What the options ask for and was not sent.</param>
/// <param name="Lost">What was lost in the middle of it.</param>
public readonly record struct EventClipReport(
    DateTimeOffset EventTime, int Events, EventClipOutcome Outcome, TimeSpan PreRoll, TimeSpan PostRoll, TimeSpan MissingPreRoll, TimeSpan MissingPostRoll,
    MediaTotals Lost)
{
    /// <summary>All of it was delivered, pre-roll and post-roll included, without a hole.</summary>
    public bool IsWhole => Outcome == EventClipOutcome.Delivered && MissingPreRoll == default && MissingPostRoll == default && Lost.Packages == 0;
}
