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
    private readonly TalkBackOrder _order = new(maxBytes);
    private readonly short[] _samples = new short[options.Format == TalkBackFormat.Pcm16 ? maxBytes : 0];
    private uint? _last; // number of the last bare pack
    private long _played;
    private long _missing;
    private long _refused;
    private bool _hasFailed;

    /// <summary>One pack.</summary>
    /// <param name="pack">From outside; not empty.</param>
    /// <param name="sequence">Of the package that it came in; counts where there is no RTP header.</param>
    public void Play(ReadOnlySpan<byte> pack, uint sequence)
    {
        if (!_unpacker.TryUnpack(pack, out ReadOnlySpan<byte> audio, out ushort? rtpSequence))
        {
            _refused++;
        }
        else if (rtpSequence is { } number)
        {
            PlayInOrder(number, audio);
        }
        else
        {
            PlayHeld(); // of a first pack that only looked like RTP
            uint gap = _last is { } last ? unchecked(sequence - last - 1) : 0;
            _last = sequence;
            Give(audio, gap <= MaxGap ? (int)gap : 0);
        }
    }

    /// <summary>The talk has ended.</summary>
    public void End()
    {
        PlayHeld();
        TellEnd();
        _unpacker.Reset();
        _order.Reset();
        _last = null;
        (_played, _missing, _refused, _hasFailed) = (0, 0, 0, false);
    }

    private void PlayInOrder(ushort sequence, ReadOnlySpan<byte> audio)
    {
        TalkBackOrder.Outcome outcome = _order.Add(sequence, audio);
        if (outcome == TalkBackOrder.Outcome.Restart)
        {
            PlayHeld();
            _order.Reset();
            outcome = _order.Add(sequence, audio);
        }

        _refused += outcome == TalkBackOrder.Outcome.Late ? 1 : 0;
        PlayHeld(all: false);
    }

    private void PlayHeld(bool all = true)
    {
        while (_order.TryTake(all, out ReadOnlySpan<byte> audio, out int missing))
        {
            Give(audio, missing);
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
