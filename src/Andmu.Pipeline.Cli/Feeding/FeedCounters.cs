namespace Andmu.Pipeline.Cli.Feeding;

/// <summary>How far a feed has come. One thread writes, any reads.</summary>
internal sealed class FeedCounters
{
    private long _frames;
    private long _refused;
    private long _events;
    private long _mediaTicks;

    /// <summary>Pictures taken from the input.</summary>
    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Pictures that the track did not take.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Events of which the start was reported.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Time of the latest picture.</summary>
    public TimeSpan MediaTime => TimeSpan.FromTicks(Volatile.Read(ref _mediaTicks));

    public void OnPicture(TimeSpan time, WriteResult result)
    {
        Volatile.Write(ref _mediaTicks, time.Ticks);
        Volatile.Write(ref _refused, _refused + (result == WriteResult.Written ? 0 : 1));
        Volatile.Write(ref _frames, _frames + 1);
    }

    public void OnEvent() => Volatile.Write(ref _events, _events + 1);
}
