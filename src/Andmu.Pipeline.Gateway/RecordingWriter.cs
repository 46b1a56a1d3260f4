using System.Runtime.ExceptionServices;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Recording;
using Andmu.Pipeline.Media;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andmu.Pipeline.Gateway;

/// <summary>Writes media packages that are there already, such as those of an SD card, as the gateway records a device: fragmented MP4, a GOP at a
/// time, A-law as FLAC.</summary>
/// <remarks>
/// <para>Each package counts once: one with the seq_num, start_time and ipcam_time of one of the 4096 before it is left out. What comes before the first
/// key frame with parameter sets is left out, too.</para>
/// <para>A new file begins when the parameter sets change, when the media clock jumps (a pause of more than 10 s, or of 3 s with control_flag), and
/// with the first sound after a file without any.</para>
/// <para>One thread at a time.</para>
/// </remarks>
public sealed class RecordingWriter : IDisposable
{
    private readonly RecordingList _list = new();
    private readonly StreamRecorder _recorder;

    /// <summary>Opens no file yet.</summary>
    /// <param name="codec">Of the video.</param>
    /// <param name="withAudio">Whether audio is written: A-law, 8 kHz, one channel. False: it is left out.</param>
    /// <param name="create">Creates the file of a recording that starts at that time, by the device's clock; the stream can seek and is disposed of here.
    /// Called during <see cref="Add"/> and <see cref="Finish"/>.</param>
    /// <param name="timeProvider">Says when a recording starts whose packages do not.</param>
    public RecordingWriter(
        VideoCodec codec, bool withAudio, Func<DateTimeOffset, (string Path, Stream Stream)> create, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        TimeProvider time = timeProvider ?? TimeProvider.System;
        var notices = new NoticeBoard(time, NullLogger.Instance);
        notices.Posted += OnNotice;
        _recorder = new StreamRecorder(
            new RecorderContext((_, startedAt) => create(startedAt), notices, _list, time), string.Empty, channel: 0, codec, withAudio);
    }

    /// <summary>Told what is not as it should be, but is no reason to stop.</summary>
    public event Action<string>? Problem;

    /// <summary>The files up to now, the oldest first; the latest 10,000. Without a device.</summary>
    public IReadOnlyList<RecordingInfo> Recordings => _list.Snapshot();

    /// <summary>Takes the next package.</summary>
    /// <param name="fields">Its fields.</param>
    /// <param name="data">Its data: video in Annex B. Copied.</param>
    /// <exception cref="IOException">A file cannot be made or written. What is written plays up to its last whole GOP.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be made or written.</exception>
    public void Add(in RecordingPackage fields, ReadOnlySpan<byte> data)
    {
        var package = new TDMediaPackage
        {
            PackageType = fields.PackageType,
            Sync = fields.IsKeyFrame ? 1u : 0,
            Data = ByteString.CopyFrom(data),
            DataSize = (uint)data.Length,
            StartTime = fields.StartTime,
            SeqNum = fields.SequenceNumber,
        };
        if (fields.IpcamTime is { } ipcamTime)
        {
            package.IpcamTime = ipcamTime;
        }

        if (fields.ControlFlag is { } controlFlag)
        {
            package.ControlFlag = controlFlag;
        }

        _recorder.Add(package);
        ThrowIfStopped();
    }

    /// <summary>Writes the last GOP and the index, and closes the file.</summary>
    /// <exception cref="IOException">As <see cref="Add"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="Add"/>.</exception>
    public void Finish()
    {
        _recorder.Finish();
        ThrowIfStopped();
    }

    /// <summary>Closes the file as it is: it plays up to its last whole GOP.</summary>
    public void Dispose() => _recorder.Dispose();

    private void ThrowIfStopped()
    {
        if (_recorder.Fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private void OnNotice(object? sender, GatewayNotice notice)
    {
        if (notice.Kind == GatewayNoticeKind.RecordingProblem && _recorder.Fault is null)
        {
            Problem?.Invoke(notice.Text);
        }
    }
}
