using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Backlog;

/// <summary>Which records are sent: all, or those of events (sd_upload_mode, specification 5.2.1), and none that cannot be decoded. One loop at a time.</summary>
internal sealed class BacklogFilter(SdUploadMode mode, EventRecordingOptions recording)
{
    private readonly EventWindows _windows = new(recording);
    private bool _isGopTaken = mode != SdUploadMode.EventsOnly;
    private bool _isGopWhole = true;

    /// <summary>Whether nothing may be confirmed before everything was read: which media belong to an event is known from the events alone, and they come first.</summary>
    public bool ConfirmsAtTheEnd => mode == SdUploadMode.EventsOnly;

    public bool Takes(in BacklogRecord record)
    {
        if (record.Event is { } happened)
        {
            _windows.Add(happened);
            return true;
        }

        BacklogMedia media = record.Media!.Value;
        if (record.StartsGop)
        {
            _isGopWhole = true;
            _isGopTaken = mode != SdUploadMode.EventsOnly || media.Header.ControlFlag == UploadPolicy.CausedByEvent || _windows.Covers(TimeOf(media));
        }
        else if (record.FollowsGap)
        {
            _isGopWhole = false; // a GOP may end early, never resume
        }

        return _isGopTaken && (_isGopWhole || media.Header.PackageType == PackageType.Audio);
    }

    private static DateTimeOffset TimeOf(in BacklogMedia media) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(media.Header.IpcamTime ?? 0, (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
