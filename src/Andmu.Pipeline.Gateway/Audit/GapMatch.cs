namespace Andmu.Pipeline.Gateway.Audit;

/// <summary>
/// Finds gaps in the audio that the video does not share: what a device drops, it drops as whole GOPs with the sound under them
/// (specification 5.3.1). Times are of the media clock, ms, in serial arithmetic.
/// </summary>
internal sealed class GapMatch
{
    // Sound comes a little before or after the picture it belongs to.
    private const int SkewMs = 1000;

    // Both are matched within seconds; a device that drops more often than that is told of the latest.
    private const int MaxKept = 16;

    private readonly Queue<Gap> _video = new();
    private readonly List<Gap> _audio = [];

    internal readonly record struct Gap(uint From, uint To, uint Number)
    {
        public bool Touches(Gap other) => (int)(From - SkewMs - other.To) <= 0 && (int)(other.From - SkewMs - To) <= 0;
    }

    /// <summary>The video jumps, or begins.</summary>
    public void AddVideoJump(Gap gap)
    {
        if (_video.Count == MaxKept)
        {
            _video.Dequeue();
        }

        _video.Enqueue(gap);
        _audio.RemoveAll(audio => audio.Touches(gap));
    }

    /// <summary>The audio has a gap; whether it is the video's, too, may show only later.</summary>
    public void AddAudioGap(Gap gap)
    {
        if (!_video.Any(video => video.Touches(gap)) && _audio.Count < MaxKept)
        {
            _audio.Add(gap);
        }
    }

    /// <summary>The video goes on without a gap; returns a gap of the audio that it has passed, if there is one.</summary>
    public Gap? Pass(uint videoTime)
    {
        int index = _audio.FindIndex(gap => (int)(videoTime - SkewMs - gap.To) > 0);
        if (index < 0)
        {
            return null;
        }

        Gap passed = _audio[index];
        _audio.RemoveAt(index);
        return passed;
    }

    /// <summary>The media clock began anew: nothing of before can be compared.</summary>
    public void Clear()
    {
        _video.Clear();
        _audio.Clear();
    }
}
