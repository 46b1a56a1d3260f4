using Andmu.Pipeline.Control.TalkBack;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Finds the sound in the packs of one talk: with an RTP header or without (specification 5.2.5 and appendix E).</summary>
/// <remarks>One pack in some hundreds of bare sound begins as an RTP header would; two in a row that count do not. So the second pack decides, for the
/// talk.</remarks>
internal sealed class TalkBackUnpacker
{
    /// <summary>How far apart the first two packs of a talk may be, lost and late ones included.</summary>
    private const int MaxApart = 32;

    private readonly TalkBackFraming _setting;
    private TalkBackFraming _framing;
    private ushort? _first; // number of the first pack, while the second is to decide

    public TalkBackUnpacker(TalkBackFraming setting)
    {
        _setting = setting;
        Reset();
    }

    /// <summary>A talk has ended.</summary>
    public void Reset()
    {
        _framing = _setting;
        _first = null;
    }

    /// <summary>One pack.</summary>
    /// <param name="pack">From outside; not empty.</param>
    /// <returns>The sound and its number; malformed when it is none.</returns>
    public TalkBackPacket Unpack(ReadOnlySpan<byte> pack)
    {
        if (_framing == TalkBackFraming.Auto)
        {
            TalkBackFraming looks = Decide(TalkBackPacket.Read(pack, TalkBackFraming.Rtp));
            return TalkBackPacket.Read(pack, looks);
        }

        return TalkBackPacket.Read(pack, _framing);
    }

    private TalkBackFraming Decide(TalkBackPacket asRtp)
    {
        if (asRtp.Sequence is { } number && _first is null)
        {
            _first = number;
            return TalkBackFraming.Rtp; // until the next
        }

        bool counts = asRtp.Sequence is { } second && Math.Abs((int)unchecked((short)(second - _first!.Value))) is > 0 and <= MaxApart;
        _framing = counts ? TalkBackFraming.Rtp : TalkBackFraming.Raw;
        return _framing;
    }
}
