namespace Andmu.Pipeline.Advice;

/// <summary>Closes the loop from the network back to the encoder: collects what the two advisors want to know, and says what to tell the host. It outlives
/// a connection. Not thread-safe: EncoderWatch guards it.</summary>
internal sealed class EncoderLoop(EncoderAdviceOptions? options, TimeSpan now)
{
    /// <summary>How often the link is looked at while a flush is blocked: several times in the advisor's measuring window.</summary>
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromMilliseconds(500);

    private readonly BitrateAdvisor? _bitrate = options is null ? null : new BitrateAdvisor(options, now);
    private KeyFrameAdvisor _keyFrame;
    private long _newestGop;

    /// <summary>What to tell the host.</summary>
    /// <param name="KeyFrame">It should make a key frame.</param>
    /// <param name="Bitrate">It should set this bit rate, bit/s; null for no change.</param>
    /// <param name="Next">When to look again, if nothing happens before; null for not at all.</param>
    internal readonly record struct Verdict(bool KeyFrame, int? Bitrate, TimeSpan? Next);

    /// <summary>Whether samples need to say what was delivered.</summary>
    public bool Measures => _bitrate is not null;

    public void OnConnected(TimeSpan now) => _bitrate?.OnReconnect(now);

    public void Want(KeyFrameReason reason) => _keyFrame.Want(reason);

    /// <summary>Looks at the link.</summary>
    /// <param name="sample">What is known of it. Its backlog counts only what is due.</param>
    /// <param name="blocked">A flush waits for the network.</param>
    /// <param name="newestGop">Position of the newest key frame.</param>
    /// <param name="measures">False for a source that waits for the network by itself: its bit rate says nothing.</param>
    public Verdict Look(in SendSample sample, bool blocked, long newestGop, bool measures)
    {
        if (newestGop > _newestGop)
        {
            _newestGop = newestGop;
            _keyFrame.OnKeyFrame();
        }

        bool keyFrame = _keyFrame.Check(sample.Now, sample.Backlog, blocked);
        int? bitrate = measures ? _bitrate?.OnSample(sample) : null;
        TimeSpan? pause = _keyFrame.NextCheck is { } check && check > sample.Now ? check - sample.Now : null;
        if (_bitrate is not null && measures && (pause is null || pause > SamplePeriod))
        {
            pause = SamplePeriod;
        }

        return new Verdict(keyFrame, bitrate, pause);
    }
}
