namespace Andmu.Pipeline.Device.Services;

/// <summary>Finds the audio in the packs of one talk: with an RTP header or without (specification 5.2.5 and appendix E).</summary>
/// <remarks>One pack in some hundreds of bare audio begins as an RTP header would; two in a row with one source do not. So the second pack decides, for
/// the talk.</remarks>
internal sealed class TalkBackUnpacker
{
    private readonly TalkBackFraming _setting;
    private TalkBackFraming _framing;
    private uint? _source; // of the first pack, while the second is to decide

    public TalkBackUnpacker(TalkBackFraming setting)
    {
        _setting = setting;
        Reset();
    }

    /// <summary>A talk has ended.</summary>
    public void Reset()
    {
        _framing = _setting;
        _source = null;
    }

    /// <summary>One pack.</summary>
    /// <param name="pack">From outside.</param>
    /// <param name="audio">The audio in it.</param>
    /// <param name="sequence">Its number; null for bare audio.</param>
    /// <returns>False when it is none.</returns>
    public bool TryUnpack(ReadOnlySpan<byte> pack, out ReadOnlySpan<byte> audio, out ushort? sequence)
    {
        bool looksLikeRtp = RtpHeader.TryRead(pack, out RtpHeader header);
        if (_framing == TalkBackFraming.Auto)
        {
            Decide(looksLikeRtp, header.Source);
        }

        bool isRtp = looksLikeRtp && _framing != TalkBackFraming.Raw;
        audio = isRtp ? pack[header.Length..^header.Padding] : pack;
        sequence = isRtp ? header.Sequence : null;
        return isRtp || _framing != TalkBackFraming.Rtp;
    }

    private void Decide(bool looksLikeRtp, uint source)
    {
        if (!looksLikeRtp)
        {
            _framing = TalkBackFraming.Raw;
        }
        else if (_source is null)
        {
            _source = source;
        }
        else
        {
            _framing = _source == source ? TalkBackFraming.Rtp : TalkBackFraming.Raw;
        }
    }
}
