using System.Runtime.CompilerServices;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Audio;
using Andmu.Pipeline.Media.ParameterSets;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline;

/// <summary>Where the host's encoder puts its output: the video or the audio of one channel.</summary>
/// <remarks>One thread at a time writes a track; the video and the audio track of a buffer may be written from two threads.
/// <see cref="TryWrite(ReadOnlySpan{byte}, TimeSpan)"/> never blocks, takes little longer than one copy of
/// the access unit and allocates nothing, save what new parameter sets say when they differ from those before.</remarks>
public sealed class MediaTrack
{
    private readonly MediaBuffer _buffer;
    private readonly WakeSignal _room = new();
    private readonly ParameterSetCache? _sets;
    private readonly NalFraming _framing;
    private bool _awaitingRandomAccess;
    private volatile bool _isMuted;

    private MediaTrack(MediaBuffer buffer, VideoCodec? video, NalFraming framing, AudioCodec audio)
    {
        _buffer = buffer;
        _framing = framing;
        VideoCodec = video;
        AudioCodec = audio;
        _sets = video is { } codec ? new ParameterSetCache(codec) : null;
        _awaitingRandomAccess = video is not null;
        buffer.Add(this, _room);
    }

    /// <summary>Adds the video track of a channel.</summary>
    /// <param name="buffer">The channel's buffer, which has no video track yet.</param>
    /// <param name="codec">H.264 or H.265.</param>
    /// <param name="framing">How NAL units are delimited in what is written. On the wire it is always Annex B.</param>
    /// <exception cref="InvalidOperationException">The buffer has a video track.</exception>
    public static MediaTrack AddVideo(MediaBuffer buffer, VideoCodec codec, NalFraming framing = NalFraming.AnnexB) => new(buffer, codec, framing, default);

    /// <summary>Adds the audio track of a channel.</summary>
    /// <param name="buffer">The channel's buffer, which has no audio track yet.</param>
    /// <param name="codec">G.711 A-law or G.726.</param>
    /// <exception cref="InvalidOperationException">The buffer has an audio track.</exception>
    public static MediaTrack AddAudio(MediaBuffer buffer, AudioCodec codec = AudioCodec.G711ALaw) => new(buffer, null, default, codec);

    /// <summary>The codec of a video track, or null.</summary>
    public VideoCodec? VideoCodec { get; }

    /// <summary>The codec of an audio track.</summary>
    public AudioCodec AudioCodec { get; }

    /// <summary>Resolution, profile and frame rate by the parameter sets seen last, or null while there are none.</summary>
    public VideoFormat? Format => _sets?.Format;

    /// <summary>The microphone is off (specification 5.2.11, subRequest 37): the platform wants silence then, not nothing.</summary>
    /// <remarks>Audio only; may be set from any thread. What is written while it is set is not even copied: silence of the same length takes its
    /// place, so that nothing said meanwhile is in the buffer. Keep writing packs; where there are none, use <see cref="TryWriteSilence"/>.</remarks>
    /// <exception cref="InvalidOperationException">It is a video track.</exception>
    public bool IsMuted
    {
        get => !IsVideo ? _isMuted : throw NotAudio();
        set => _isMuted = !IsVideo ? value : throw NotAudio();
    }

    internal bool IsVideo => _sets is not null;

    /// <summary>seq_num of the next package.</summary>
    internal uint NextSequenceNumber { get; set; }

    /// <summary>Hands over one access unit: one coded picture with all its slices, or one audio pack of 20 or 40 ms.</summary>
    /// <param name="accessUnit">Its bytes; copied. Parameter sets in it are taken out and sent before the picture (specification 5.2.3).</param>
    /// <param name="presentationTime">On the media clock, any origin, the same for audio and video. Sent as ms modulo 2^32 until the resolution
    /// changes; from that key frame on, the time since it is sent (specification 5.2.11, subRequest 30). The clock may jump, wrap or start
    /// anew: what is buffered is kept all the same.</param>
    /// <returns>Whether it was taken, and if not, why.</returns>
    public WriteResult TryWrite(ReadOnlySpan<byte> accessUnit, TimeSpan presentationTime) =>
        Write(accessUnit, accessUnit.Length, presentationTime, _buffer.PlatformTimeMs, keepUnsent: false);

    /// <summary>As <see cref="TryWrite(ReadOnlySpan{byte}, TimeSpan)"/>, with the time at which it was captured.</summary>
    /// <param name="accessUnit">Its bytes; copied.</param>
    /// <param name="presentationTime">On the media clock.</param>
    /// <param name="captureTime">When it was captured, by the platform's clock; sent as ipcam_time.</param>
    /// <returns>Whether it was taken, and if not, why.</returns>
    public WriteResult TryWrite(ReadOnlySpan<byte> accessUnit, TimeSpan presentationTime, DateTimeOffset captureTime) =>
        Write(accessUnit, accessUnit.Length, presentationTime, captureTime.ToUnixTimeMilliseconds(), keepUnsent: false);

    /// <summary>Writes an audio pack of silence, for a host whose microphone gives nothing while it is off. As <see cref="TryWrite(ReadOnlySpan{byte}, TimeSpan)"/>
    /// it never blocks; it allocates nothing.</summary>
    /// <param name="bytes">Length of the pack, as of the others: 160 bytes are 20 ms of A-law. At least 1.</param>
    /// <param name="presentationTime">On the media clock, 20 or 40 ms after the pack before (specification 5.2.3).</param>
    /// <returns>Whether it was taken, and if not, why.</returns>
    /// <exception cref="InvalidOperationException">It is a video track.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Less than one byte.</exception>
    public WriteResult TryWriteSilence(int bytes, TimeSpan presentationTime)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return !IsVideo ? Write(default, bytes, presentationTime, _buffer.PlatformTimeMs, keepUnsent: false) : throw NotAudio();
    }

    /// <summary>For sources that can wait, such as files: waits until there is room, instead of letting the buffer drop what is not sent yet.
    /// One writer of a buffer waits at a time.</summary>
    /// <param name="accessUnit">Its bytes; they must stay as they are until the call completes.</param>
    /// <param name="presentationTime">On the media clock.</param>
    /// <param name="captureTime">When it was captured; sent as ipcam_time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was taken, and if not, why. <see cref="WriteResult.NoRoom"/> only for what is larger than half the buffer.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WriteResult> WriteAsync(
        ReadOnlyMemory<byte> accessUnit, TimeSpan presentationTime, DateTimeOffset captureTime, CancellationToken cancellationToken = default)
    {
        bool fits = accessUnit.Length <= _buffer.Options.CapacityBytes / 2;
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static signal => ((WakeSignal)signal!).Set(), _room);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteResult result = Write(accessUnit.Span, accessUnit.Length, presentationTime, captureTime.ToUnixTimeMilliseconds(), keepUnsent: fits);
            if (result != WriteResult.NoRoom || !fits)
            {
                return result;
            }

            await _room.WaitAsync();
        }
    }

    /// <param name="accessUnit">Its bytes; of audio, empty for silence.</param>
    /// <param name="length">How many bytes they are, or are to be.</param>
    /// <param name="presentationTime">On the media clock.</param>
    /// <param name="captureMs">ipcam_time.</param>
    /// <param name="keepUnsent">Do not evict what is not sent yet.</param>
    private WriteResult Write(ReadOnlySpan<byte> accessUnit, int length, TimeSpan presentationTime, long captureMs, bool keepUnsent)
    {
        long presentationMs = ToMilliseconds(presentationTime);
        var entry = new MediaEntry
        {
            PackageType = IsVideo ? PackageType.Video : PackageType.Audio,
            Length = length,
            SequenceNumber = NextSequenceNumber,
            CaptureTime = (ulong)Math.Max(0, captureMs),
        };
        WriteResult result = IsVideo ? WriteVideo(accessUnit, ref entry, presentationMs, keepUnsent) : WriteAudio(accessUnit, ref entry, presentationMs, keepUnsent);
        if (result != WriteResult.NoPicture && !(keepUnsent && result == WriteResult.NoRoom))
        {
            NextSequenceNumber = unchecked(NextSequenceNumber + 1);
            EnterIfRefused(result, ref entry, presentationMs);
        }

        return result;
    }

    /// <summary>To the nearest: an encoder's clock of 1/90000 s, or a frame rate held as a fraction, falls short of a millisecond as often as not,
    /// and audio must step by exactly 20 or 40 ms (specification 5.2.3).</summary>
    private static long ToMilliseconds(TimeSpan time) => (long)Math.Round(time.Ticks / (double)TimeSpan.TicksPerMillisecond, MidpointRounding.AwayFromZero);

    private WriteResult WriteAudio(ReadOnlySpan<byte> pack, ref MediaEntry entry, long presentationMs, bool keepUnsent)
    {
        if (entry.Length == 0)
        {
            return WriteResult.Malformed;
        }

        if (_buffer.TryReserve(ref entry, presentationMs, setBytes: 0, keepUnsent, out long position) != ReserveResult.Reserved)
        {
            return WriteResult.NoRoom;
        }

        Span<byte> payload = _buffer.Payload(position);
        if (pack.IsEmpty || _isMuted)
        {
            payload.Fill(AudioCodec == AudioCodec.G726 ? G726.Silence : ALaw.Silence);
        }
        else
        {
            pack.CopyTo(payload);
        }

        _buffer.Commit(position);
        return WriteResult.Written;
    }

    private WriteResult WriteVideo(ReadOnlySpan<byte> accessUnit, ref MediaEntry entry, long presentationMs, bool keepUnsent)
    {
        VideoCodec codec = VideoCodec!.Value;
        AccessUnitInfo info = AccessUnit.Inspect(codec, _framing, accessUnit, _sets!);
        if (!info.HasPicture)
        {
            return info.Fault == AccessUnitFault.NoPicture ? WriteResult.NoPicture : WriteResult.Malformed;
        }

        entry.Length = info.PictureBytes;
        entry.IsRandomAccess = info.IsRandomAccess;
        entry.IsCleanRandomAccess = info.IsCleanRandomAccess;
        entry.IsSkippedLeading = info.IsSkippedLeading;
        if (info.IsRandomAccess ? !_sets!.IsComplete : _awaitingRandomAccess)
        {
            _awaitingRandomAccess = true;
            return WriteResult.AwaitingRandomAccess;
        }

        int setBytes = 0;
        if (info.IsRandomAccess)
        {
            setBytes = _sets!.AnnexB.Length;
            entry.Width = (ushort)(_sets.Format?.Width ?? 0);
            entry.Height = (ushort)(_sets.Format?.Height ?? 0);
        }

        if (_buffer.TryReserve(ref entry, presentationMs, setBytes, keepUnsent, out long position) != ReserveResult.Reserved)
        {
            // Without a reference picture the rest of the GOP is of no use; without a disposable one it is whole.
            _awaitingRandomAccess |= !keepUnsent && !info.IsDisposable;
            return WriteResult.NoRoom;
        }

        if (setBytes > 0)
        {
            _sets!.AnnexB.CopyTo(_buffer.Payload(position - 1));
        }

        AccessUnit.WritePicture(codec, _framing, accessUnit, _buffer.Payload(position));
        _buffer.Commit(position);
        _awaitingRandomAccess = false;
        return WriteResult.Written;
    }

    private void EnterIfRefused(WriteResult result, ref MediaEntry entry, long presentationMs)
    {
        DropReason? reason = result switch
        {
            WriteResult.AwaitingRandomAccess => DropReason.NoRandomAccess,
            WriteResult.Malformed => DropReason.Malformed,
            WriteResult.NoRoom => DropReason.NoRoom,
            _ => null,
        };
        if (reason is { } known)
        {
            _buffer.StampRefused(ref entry, presentationMs);
            if (_awaitingRandomAccess)
            {
                _buffer.ReportKeyFrameMissing();
            }

            TimeSpan time = TimeSpan.FromMilliseconds(entry.MediaTime);
            _buffer.Drops.Enter(new MediaDrop(known, time, time, entry.Own));
        }
    }

    private static InvalidOperationException NotAudio() => new("It is a video track: only sound can be silent.");
}
