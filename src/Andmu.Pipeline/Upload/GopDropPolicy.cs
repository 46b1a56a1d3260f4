namespace Andmu.Pipeline.Upload;

/// <summary>Whether a backlog is to be given up because the network is slower than the encoder. Pure: time and media time in, a decision out.</summary>
/// <remarks>
/// A backlog alone says nothing: after an outage it is long and harmless, since the network soon eats it. What counts is whether it shrinks.
/// And one look does not tell: a key frame makes it rise on every link, so that it is a sawtooth, and only the lows of the teeth compare. While
/// it hangs about its low, within what a key frame adds, it is given a second window.
/// <code>
///  backlog         give up: TrendWindow without a new low
///             /\    |                 /\
///   High ----/--\--/+---------------/--\---------   watched from here on
///           /    low               /    \  /\       each new low: the network gains, nothing is given up
///   Low  --/-----------------------------\/--\---
///                                             \     forgotten
/// </code>
/// A silence longer than the window means that the network stood still as a whole, for the caller was blocked: what grew meanwhile is
/// the silence's, and the watch begins anew at what stands after it. But on a slow enough link every batch is followed by such a silence. So
/// this is granted twice in a row; the third silence ends it, unless the backlog has in between fallen below what it was before the first.
/// <para>Bound: on a link of R times the encoder's rate, R below 1, the backlog stays below High + TrendWindow * (1 - R) + the longest GOP
/// (which covers the half second of hanging about), as long as a batch is written within a window. A link that is steadily faster than the
/// encoder by a twentieth or more loses nothing, however long the outage was that the buffer held.</para>
/// <para>A mutable struct: keep it in a field that is not readonly. One thread, once before each batch that is written.</para>
/// </remarks>
internal struct GopDropPolicy
{
    private const int SilencesGranted = 2;

    /// <summary>A backlog that hangs about its low is given so many windows: a loop that looks once a batch sees only a few points of each tooth.</summary>
    private const int WindowsAtTheLow = 2;

    /// <summary>What a key frame adds to a backlog for a moment: of a GOP of 4 s, eight times a picture's size, 0.3 s on a link that just suffices.</summary>
    private static readonly TimeSpan KeyFrameRise = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan _high;
    private readonly TimeSpan _low;
    private readonly TimeSpan _window;
    private bool _watching;
    private TimeSpan _lowest;         // since the watch began, or since the last silence that was granted
    private TimeSpan _lowestAt;
    private TimeSpan _beforeSilences; // the lowest before the first of them: to fall below it is progress, whatever was granted
    private int _silences;
    private TimeSpan _lastCall;

    /// <exception cref="ArgumentOutOfRangeException">The options contradict themselves.</exception>
    public GopDropPolicy(CongestionOptions options)
    {
        options.Validate();
        _high = options.HighBacklog;
        _low = options.LowBacklog;
        _window = options.TrendWindow;
    }

    /// <summary>Whether everything up to the newest key frame is to be given up. Stays so until <see cref="OnJump"/> or until the backlog shrinks:
    /// while there is no newer key frame to jump to, the caller goes on sending.</summary>
    /// <param name="now">Time on a monotonic clock.</param>
    /// <param name="backlog">Media time that is not sent yet.</param>
    public bool ShouldGiveUp(TimeSpan now, TimeSpan backlog)
    {
        bool silence = now - _lastCall > _window || now < _lastCall; // a clock that goes back tells no more than none
        _lastCall = now;
        if (backlog < _low)
        {
            _watching = false;
            return false;
        }

        if (!_watching)
        {
            if (backlog > _high)
            {
                _watching = true;
                Renew(now, backlog);
                Progress(backlog);
            }

            return false;
        }

        if (backlog < _beforeSilences)
        {
            Progress(backlog);
        }
        else if (silence && _silences < SilencesGranted)
        {
            _silences++;
            Renew(now, backlog);
            return false;
        }

        if (backlog < _lowest)
        {
            Renew(now, backlog);
            return false;
        }

        TimeSpan patience = backlog - _lowest < KeyFrameRise ? _window * WindowsAtTheLow : _window;
        return backlog > _high && (silence || now - _lowestAt >= patience);
    }

    /// <summary>The caller has jumped: what stands now is judged afresh.</summary>
    /// <param name="now">Time on a monotonic clock.</param>
    public void OnJump(TimeSpan now)
    {
        _watching = false;
        _lastCall = now;
    }

    private void Renew(TimeSpan now, TimeSpan backlog)
    {
        _lowest = backlog;
        _lowestAt = now;
    }

    private void Progress(TimeSpan backlog)
    {
        _beforeSilences = backlog;
        _silences = 0;
    }
}
