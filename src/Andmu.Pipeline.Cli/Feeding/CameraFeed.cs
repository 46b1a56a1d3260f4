using System.Runtime.CompilerServices;
using Andmu.Pipeline.Cli.Pacing;
using Andmu.Pipeline.Cli.Uplinks;

namespace Andmu.Pipeline.Cli.Feeding;

/// <summary>Plays files into an uplink as a camera's encoders would: video and audio by one clock, and events when they are due.</summary>
internal sealed class CameraFeed(FeedInput input, ICameraUplink uplink, TimeProvider time)
{
    private readonly EventTimeline _events = new(input.Events);
    private MediaClock? _clock;
    private DateTimeOffset _start;

    public FeedCounters Counters { get; } = new();

    /// <summary>Raised after every picture, on the feeding thread.</summary>
    public event Action? Fed;

    /// <summary>Events that lie behind the end of the input.</summary>
    public int EventsNotReached { get; private set; }

    /// <summary>Plays to the end of the input, or to the limit.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _start = time.GetUtcNow();
        using MediaClock? clock = input.InRealTime ? new MediaClock(time) : null;
        _clock = clock;
        try
        {
            while (await input.Video.ReadAsync(cancellationToken))
            {
                TimeSpan due = input.Timeline.TimeOf(Counters.Frames);
                if (due >= input.Limit)
                {
                    break;
                }

                // The picture first: a decoder starts with one, and audio before the first key frame is not sent.
                await FeedPictureAsync(due, cancellationToken);
                await FeedAudioAsync(due, cancellationToken);
                Fed?.Invoke();
            }
        }
        finally
        {
            EndEvents();
        }
    }

    private async ValueTask FeedAudioAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        if (input.Audio is not { } audio)
        {
            return;
        }

        if (input.Video.StartsRound)
        {
            audio.Rewind();
        }

        for (TimeSpan due = audio.NextTime; due <= until; due = audio.NextTime)
        {
            await WriteAsync(uplink.Audio, audio.Take(), due, cancellationToken);
        }
    }

    private async ValueTask FeedPictureAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        WriteResult result = await WriteAsync(uplink.Video, input.Video.AccessUnit, due, cancellationToken);
        if (result == WriteResult.NoPicture)
        {
            return; // parameter sets alone take no time
        }

        Counters.OnPicture(due, result);
        while (_events.TryTake(due, out EventEdge edge))
        {
            Report(edge.Started, edge.Time);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<WriteResult> WriteAsync(MediaTrack track, ReadOnlyMemory<byte> accessUnit, TimeSpan due, CancellationToken cancellationToken)
    {
        if (_clock is null)
        {
            return await track.WriteAsync(accessUnit, due, _start + due, cancellationToken);
        }

        await _clock.WaitUntilAsync(due, cancellationToken);
        return track.TryWrite(accessUnit.Span, due);
    }

    private void Report(bool started, TimeSpan due)
    {
        if (uplink.TryReportMotion(started, _clock is null ? _start + due : null) && started)
        {
            Counters.OnEvent();
        }
    }

    private void EndEvents()
    {
        (int open, EventsNotReached) = _events.Finish();
        for (int i = 0; i < open; i++)
        {
            Report(started: false, Counters.MediaTime);
        }
    }
}
