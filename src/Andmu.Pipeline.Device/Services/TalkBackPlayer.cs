using Andmu.Pipeline.Control.TalkBack;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Media.Audio;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Makes the host's frames of packs: unpacks, puts in order, counts what is missing, decodes. One thread at a time.</summary>
internal sealed class TalkBackPlayer(TalkBackOptions options, TalkBackHandler handler, Action? ended, int maxBytes, ILogger logger)
{
    /// <summary>More is not a gap but another count: some senders count nothing, or begin anew.</summary>
    private const uint MaxGap = 3000;

    private readonly TalkBackUnpacker _unpacker = new(options.Framing);
    private readonly short[] _samples = new short[options.Format == TalkBackFormat.Pcm16 ? maxBytes : 0];
    private JitterBuffer? _jitter; // made with the first pack that has a number
    private uint? _last; // number of the last bare pack
    private long _played;
    private long _missing;
    private long _refused;
    private bool _hasFailed;

    /// <summary>One pack.</summary>
    /// <param name="pack">From outside; not empty.</param>
    /// <param name="sequence">Of the package that it came in; counts where there is no RTP header.</param>
    /// <param name="now">By a clock that nobody sets.</param>
    public void Play(ReadOnlySpan<byte> pack, uint sequence, TimeSpan now)
    {
        TalkBackPacket packet = _unpacker.Unpack(pack);
        if (packet.Payload.IsEmpty)
        {
            _refused++;
        }
        else if (packet.Sequence is { } number)
        {
            JitterResult result = Jitter.Add(number, packet.Timestamp ?? 0, packet.Payload, now);
            _refused += result is JitterResult.Added or JitterResult.Restarted ? 0 : 1;
            PlayDue(now);
        }
        else
        {
            uint gap = _last is { } last ? unchecked(sequence - last - 1) : 0;
            _last = sequence;
            Give(packet.Payload, gap <= MaxGap ? (int)gap : 0); // the connection has kept the order
        }
    }

    /// <summary>The talk has ended: what is held back is played.</summary>
    public void End()
    {
        PlayDue(TimeSpan.MaxValue);
        TellEnd();
        _unpacker.Reset();
        _jitter?.Clear();
        _last = null;
        (_played, _missing, _refused, _hasFailed) = (0, 0, 0, false);
    }

    private JitterBuffer Jitter => _jitter ??= new JitterBuffer(new JitterBufferOptions { MaxPackBytes = maxBytes });

    private void PlayDue(TimeSpan now)
    {
        while (_jitter is not null && _jitter.TryTake(now, out JitterPack pack))
        {
            Give(pack.Payload, pack.MissingBefore);
        }
    }

    private void Give(ReadOnlySpan<byte> audio, int missing)
    {
        bool isFirst = _played++ == 0;
        _missing += missing;
        Span<short> samples = options.Format == TalkBackFormat.Pcm16 ? _samples.AsSpan(0, audio.Length) : default;
        if (!samples.IsEmpty)
        {
            ALaw.Decode(audio, samples);
        }

        try
        {
            handler(new TalkBackFrame(audio, samples, isFirst, missing));
        }
#pragma warning disable CA1031 // the host's handler must not end the talk
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnFailed(error);
        }
    }

    private void TellEnd()
    {
        ServiceLog.TalkEnded(logger, _played, _missing, _refused);
        try
        {
            if (_played > 0)
            {
                ended?.Invoke(); // else the host knows of no talk
            }
        }
#pragma warning disable CA1031 // the host's handler must not keep the next talk from being heard
        catch (Exception error)
#pragma warning restore CA1031
        {
            OnFailed(error);
        }
    }

    private void OnFailed(Exception error)
    {
        if (!_hasFailed)
        {
            _hasFailed = true; // once a talk: it has 50 packs a second
            Log.HandlerFailed(logger, error);
        }
    }
}
