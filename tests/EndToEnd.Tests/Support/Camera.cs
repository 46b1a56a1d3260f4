using Andmu.Pipeline;
using Andmu.Pipeline.Buffering;

namespace EndToEnd.Tests.Support;

/// <summary>Plays a source as a camera does: each picture and each pack of sound when its time has come, whatever the uplink does with it.</summary>
/// <remarks>What happens at a moment of the camera's clock is done between two pictures, so that a test knows exactly where it fell, however late
/// the machine is. Capture times are exact, too: picture n was taken <c>n / 25</c> s after <see cref="StartedAt"/>.</remarks>
internal sealed class Camera
{
    private readonly SourceClip _source;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly TimeSpan _encoderDelay;
    private readonly PriorityQueue<Func<Task>, (TimeSpan Due, int Order)> _script = new();
    private int _acts;

    public Camera(MediaBuffer buffer, SourceClip source, TimeProvider time, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _source = source;
        _time = time;
        _encoderDelay = source.Pictures.Index().Max(picture => picture.Item.Number - picture.Index) * SourceClip.FrameTime; // B-frames wait for what they refer to
        Video = MediaTrack.AddVideo(buffer, source.Codec);
        Audio = MediaTrack.AddAudio(buffer);
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public MediaTrack Video { get; }

    public MediaTrack Audio { get; }

    /// <summary>When picture 0 is taken. Set anew when it starts to play.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>By how much the machine has let a picture be late, at the worst: what a bound on time has to allow for.</summary>
    public TimeSpan Lateness { get; private set; }

    /// <summary>The wall's time of a moment of the recording.</summary>
    public DateTimeOffset TimeOf(TimeSpan moment) => StartedAt + moment;

    /// <summary>Does something at a moment of the camera's clock, just before the first picture that is due then or later; what is for the same moment
    /// is done in the order in which it was asked for.</summary>
    public void At(double second, Func<Task> action) =>
        _script.Enqueue(action, (TimeSpan.FromSeconds(second), _acts++));

    public void At(double second, Action action) => At(second, () =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Does something again and again.</summary>
    public void Every(double seconds, double from, double to, Action action)
    {
        for (double second = from; second < to; second += seconds)
        {
            At(second, action);
        }
    }

    /// <summary>Plays up to <paramref name="seconds"/>, in its own time.</summary>
    public async Task PlayAsync(double seconds)
    {
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        long start = _time.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10), _time);
        int count = Math.Min(_source.Pictures.Count, SourceClip.NumberAt(TimeSpan.FromSeconds(seconds)));
        for (int i = 0; i < count; i++)
        {
            TimeSpan due = (i * SourceClip.FrameTime) + _encoderDelay;
            while (_time.GetElapsedTime(start) < due)
            {
                await tick.WaitForNextTickAsync(_cancellationToken);
            }

            await ActAsync(due);
            TimeSpan late = _time.GetElapsedTime(start) - due;
            Lateness = late > Lateness ? late : Lateness;
            Write(i);
        }

        await ActAsync(TimeSpan.MaxValue);
    }

    private async Task ActAsync(TimeSpan now)
    {
        while (_script.TryPeek(out Func<Task>? action, out (TimeSpan Due, int Order) when) && when.Due <= now)
        {
            _script.Dequeue();
            await action();
        }
    }

    private void Write(int index)
    {
        SourcePicture picture = _source.Pictures[index];
        TimeSpan shown = picture.Number * SourceClip.FrameTime;
        TimeSpan heard = index * SourceClip.FrameTime;
        ReadOnlySpan<byte> sound = _source.Sound.AsSpan(index * Clip.AudioPackBytes, Clip.AudioPackBytes);
        Assert.Equal(WriteResult.Written, Video.TryWrite(picture.Data, shown, StartedAt + shown));
        Assert.Equal(WriteResult.Written, Audio.TryWrite(sound, heard, StartedAt + heard));
    }
}
