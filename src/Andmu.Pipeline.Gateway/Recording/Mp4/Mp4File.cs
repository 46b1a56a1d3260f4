using Microsoft.IO;

namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>
/// One recording's file, written a whole fragment at a time: whatever happens, it plays up to the last whole fragment.
/// Times given to it count from the start of the file.
/// </summary>
internal sealed class Mp4File : IDisposable
{
    private readonly Stream _stream;
    private readonly RecyclableMemoryStreamManager _memory;
    private readonly FragmentIndex _index = new();
    private readonly long _delay;
    private readonly long _durationPosition;
    private uint _sequence;
    private long _length;
    private long _lastDecodeTime = -1;

    public Mp4File(Stream stream, RecyclableMemoryStreamManager memory, VideoSampleEntry video, long delay, bool hasAudio, DateTimeOffset created)
    {
        _stream = stream;
        _memory = memory;
        _delay = delay;
        using RecyclableMemoryStream head = memory.GetStream("head");
        _durationPosition = InitSegment.Write(head, video, delay, hasAudio, created);
        Append(head);
    }

    /// <summary>Bytes in the file.</summary>
    public long Length => _length;

    /// <summary>Where the video ends, milliseconds from the start of the file.</summary>
    public long Duration { get; private set; }

    public long Frames { get; private set; }

    /// <summary>Writes one fragment.</summary>
    /// <exception cref="IOException">The disk is full or gone; the file has been cut back to its last whole fragment.</exception>
    public void Write(VideoPart video, AudioPart audio, long? nextKeyFrame)
    {
        long[] decodeTimes = DecodeTimes.Of(video.Samples, _lastDecodeTime);
        long end = decodeTimes.Length > 0 ? DecodeTimes.EndOf(decodeTimes, nextKeyFrame) : Duration;
        using RecyclableMemoryStream head = _memory.GetStream("fragment");
        Fragment.WriteHead(head, ++_sequence, video.Samples, new VideoTiming(decodeTimes, end, _delay), audio.Samples, audio.Time);
        long offset = _length;
        Append(head, video.Data, audio.Data);
        if (decodeTimes.Length > 0)
        {
            _lastDecodeTime = decodeTimes[^1];
            Duration = end;
            Frames += decodeTimes.Length;
            if (video.Samples[0].IsKeyFrame)
            {
                _index.Add(video.Samples[0].PresentationTime + _delay, offset);
            }
        }
    }

    /// <summary>Writes what only a whole file can say, its duration and index, and closes it.</summary>
    public void Finish()
    {
        using (RecyclableMemoryStream tail = _memory.GetStream("tail"))
        {
            _index.Write(tail);
            Append(tail);
        }

        using (RecyclableMemoryStream duration = _memory.GetStream("duration"))
        {
            new BoxWriter(duration).U64((ulong)Duration);
            _stream.Position = _durationPosition;
            duration.WriteTo(_stream);
        }

        Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private void Append(params ReadOnlySpan<RecyclableMemoryStream?> parts)
    {
        try
        {
            foreach (RecyclableMemoryStream? part in parts)
            {
                part?.WriteTo(_stream);
            }

            _stream.Flush();
            _length = _stream.Position;
        }
        catch (IOException)
        {
            CutBack();
            throw;
        }
    }

    private void CutBack()
    {
        try
        {
            _stream.SetLength(_length);
        }
        catch (IOException)
        {
            // A disk that cannot even shorten a file: readers stop at the broken fragment by themselves.
        }
    }
}

/// <summary>The video of a fragment, in decode order.</summary>
internal readonly ref struct VideoPart(ReadOnlySpan<VideoSample> samples, RecyclableMemoryStream? data)
{
    public ReadOnlySpan<VideoSample> Samples { get; } = samples;

    public RecyclableMemoryStream? Data { get; } = data;
}

/// <summary>The audio of a fragment; its time is that of the first sample, in samples from the start of the file.</summary>
internal readonly ref struct AudioPart(ReadOnlySpan<AudioSample> samples, RecyclableMemoryStream? data, long time)
{
    public ReadOnlySpan<AudioSample> Samples { get; } = samples;

    public RecyclableMemoryStream? Data { get; } = data;

    public long Time { get; } = time;
}
