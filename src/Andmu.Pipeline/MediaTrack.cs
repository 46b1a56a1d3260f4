using System.Runtime.CompilerServices;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.ParameterSets;
using Andmu.Pipeline.Protocol;

namespace Andmu.Pipeline;

/// <summary>Where the host's encoder puts its output: the video or the audio of one channel.</summary>
/// <remarks>One thread at a time writes a track; the video and the audio track of a buffer may be written from two threads.
/// <see cref="TryWrite(ReadOnlySpan{byte}, TimeSpan)"/> never blocks, never allocates and takes no longer than one copy of the access unit.</remarks>
public sealed class MediaTrack
{
    private readonly MediaBuffer _buffer;
    private readonly WakeSignal _room = new();
    private readonly ParameterSetCache? _sets;
    private readonly NalFraming _framing;
    private bool _awaitingRandomAccess;
    private uint _sequenceNumber;

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

    internal bool IsVideo => _sets is not null;

    /// <summary>Hands over one access unit: one coded picture with all its slices, or one audio pack of 20 or 40 ms.</summary>
    /// <param name="accessUnit">Its bytes; copied. Parameter sets in it are taken out and sent before the picture (specification 5.2.3).</param>
    /// <param name="presentationTime">On the media clock, any origin, the same for audio and video. Sent as ms modulo 2^32.</param>
    /// <returns>Whether it was taken, and if not, why.</returns>
    public WriteResult TryWrite(ReadOnlySpan<byte> accessUnit, TimeSpan presentationTime) =>
        Write(accessUnit, presentationTime, _buffer.PlatformTimeMs, keepUnsent: false);

    /// <summary>As <see cref="TryWrite(ReadOnlySpan{byte}, TimeSpan)"/>, with the time at which it was captured.</summary>
    /// <param name="accessUnit">Its bytes; copied.</param>
    /// <param name="presentationTime">On the media clock.</param>
    /// <param name="captureTime">When it was captured, by the platform's clock; sent as ipcam_time.</param>
    /// <returns>Whether it was taken, and if not, why.</returns>
    public WriteResult TryWrite(ReadOnlySpan<byte> accessUnit, TimeSpan presentationTime, DateTimeOffset captureTime) =>
        Write(accessUnit, presentationTime, captureTime.ToUnixTimeMilliseconds(), keepUnsent: false);

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
            WriteResult result = Write(accessUnit.Span, presentationTime, captureTime.ToUnixTimeMilliseconds(), keepUnsent: fits);
            if (result != WriteResult.NoRoom || !fits)
            {
                return result;
            }

            await _room.WaitAsync();
        }
    }

    private WriteResult Write(ReadOnlySpan<byte> accessUnit, TimeSpan presentationTime, long captureMs, bool keepUnsent)
    {
        var entry = new MediaEntry
        {
            PackageType = IsVideo ? PackageType.Video : PackageType.Audio,
            Length = accessUnit.Length,
            SequenceNumber = _sequenceNumber,
            MediaTime = ToMilliseconds(presentationTime),
            CaptureTime = (ulong)Math.Max(0, captureMs),
        };
        entry.StartTime = unchecked((uint)entry.MediaTime);
        WriteResult result = IsVideo ? WriteVideo(accessUnit, ref entry, keepUnsent) : WriteAudio(accessUnit, ref entry, keepUnsent);
        if (result != WriteResult.NoPicture && !(keepUnsent && result == WriteResult.NoRoom))
        {
            _sequenceNumber = unchecked(_sequenceNumber + 1);
            EnterIfRefused(result, entry);
        }

        return result;
    }

    /// <summary>To the nearest: an encoder's clock of 1/90000 s, or a frame rate held as a fraction, falls short of a millisecond as often as not,
    /// and audio must step by exactly 20 or 40 ms (specification 5.2.3).</summary>
    private static long ToMilliseconds(TimeSpan time) => (long)Math.Round(time.Ticks / (double)TimeSpan.TicksPerMillisecond, MidpointRounding.AwayFromZero);

    private WriteResult WriteAudio(ReadOnlySpan<byte> pack, ref MediaEntry entry, bool keepUnsent)
    {
        if (pack.IsEmpty)
        {
            return WriteResult.Malformed;
        }

        if (_buffer.TryReserve(ref entry, setBytes: 0, keepUnsent, out long position) != ReserveResult.Reserved)
        {
            return WriteResult.NoRoom;
        }

        pack.CopyTo(_buffer.Payload(position));
        _buffer.Commit(position);
        return WriteResult.Written;
    }

    private WriteResult WriteVideo(ReadOnlySpan<byte> accessUnit, ref MediaEntry entry, bool keepUnsent)
    {
        VideoCodec codec = VideoCodec!.Value;
        AccessUnitInfo info = AccessUnit.Inspect(codec, _framing, accessUnit, _sets!);
        if (!info.HasPicture)
        {
            return info.Fault == AccessUnitFault.NoPicture ? WriteResult.NoPicture : WriteResult.Malformed;
        }

        entry.Length = info.PictureBytes;
        entry.IsRandomAccess = info.IsRandomAccess;
        entry.IsSkippedLeading = info.IsSkippedLeading;
        if (info.IsRandomAccess ? !_sets!.IsComplete : _awaitingRandomAccess)
        {
            _awaitingRandomAccess = true;
            return WriteResult.AwaitingRandomAccess;
        }

        int setBytes = info.IsRandomAccess ? _sets!.AnnexB.Length : 0;
        if (_buffer.TryReserve(ref entry, setBytes, keepUnsent, out long position) != ReserveResult.Reserved)
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

    private void EnterIfRefused(WriteResult result, in MediaEntry entry)
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
            TimeSpan time = TimeSpan.FromMilliseconds(entry.MediaTime);
            _buffer.Drops.Enter(new MediaDrop(known, time, time, entry.Own));
        }
    }
}
