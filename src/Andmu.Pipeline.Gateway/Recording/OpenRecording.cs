using Andmu.Pipeline.Gateway.Recording.Mp4;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>A recording that is being written: its file, its audio, and where on the media clock it starts.</summary>
internal sealed class OpenRecording : IDisposable
{
    private readonly RecorderContext _context;
    private readonly Mp4File _file;
    private RecordingInfo _info;

    public OpenRecording(
        RecorderContext context, string deviceId, int channel, VideoSampleEntry entry, bool hasAudio, DateTimeOffset startedAt, Gop first)
    {
        _context = context;
        Start = first.Start;
        (string path, Stream stream) = context.CreateFile(deviceId, startedAt);
        try
        {
            _file = new Mp4File(stream, context.Memory, entry, DecodeTimes.DelayOf(first.SamplesFrom(0)), hasAudio, startedAt);
        }
        catch (IOException)
        {
            stream.Dispose();
            File.Delete(path);
            throw;
        }

        Audio = hasAudio ? new AudioTrack(context.Memory) : null;
        _info = new RecordingInfo(
            deviceId, channel, path, startedAt, entry.Codec, entry.Width, entry.Height, hasAudio, 0, TimeSpan.Zero, _file.Length, false);
        context.List.Update(_info);
        context.Notices.Post(GatewayNoticeKind.RecordingOpened, deviceId, path);
    }

    public AudioTrack? Audio { get; }

    /// <summary>The media clock at the start of the file.</summary>
    public long Start { get; }

    public string Path => _info.Path;

    public void Write(Gop gop, long? nextKeyFrame)
    {
        AudioPart audio = Audio is null ? default : Audio.Ready;
        _file.Write(new VideoPart(gop.SamplesFrom(Start), gop.Data), audio, nextKeyFrame - Start);
        Audio?.Clear();
        Update(finished: false);
    }

    public void Finish()
    {
        _file.Finish();
        Update(finished: true);
        _context.Notices.Post(GatewayNoticeKind.RecordingClosed, _info.DeviceId, _info.Path);
    }

    /// <summary>Leaves the file with the whole fragments it has, or removes it when it has none; returns whether it is left.</summary>
    public bool Abandon()
    {
        Dispose();
        if (_info.Frames > 0)
        {
            return true;
        }

        File.Delete(Path);
        _context.List.Remove(Path);
        return false;
    }

    public void Dispose()
    {
        _file.Dispose();
        Audio?.Dispose();
        Update(finished: true);
    }

    private void Update(bool finished)
    {
        _info = _info with
        {
            Frames = _file.Frames,
            Duration = TimeSpan.FromMilliseconds(_file.Duration),
            Bytes = _file.Length,
            IsFinished = finished || _info.IsFinished,
        };
        _context.List.Update(_info);
    }
}
