using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Media;

/// <summary>
/// Walks an access unit in pieces, each of which takes one start code when it is written as Annex B: a NAL unit, or, in Annex B, the
/// first slice together with everything behind it.
/// </summary>
internal ref struct AccessUnitWalker
{
    private readonly bool _isH264;
    private readonly bool _isAnnexB;
    private AnnexBReader _annexB;
    private LengthPrefixedReader _lengthPrefixed;
    private bool _hasUnit;
    private bool _hasSlice;

    public AccessUnitWalker(VideoCodec codec, NalFraming framing, ReadOnlySpan<byte> accessUnit)
    {
        _isH264 = codec == VideoCodec.H264;
        _isAnnexB = framing == NalFraming.AnnexB;
        _annexB = _isAnnexB ? new AnnexBReader(accessUnit) : default;
        _lengthPrefixed = _isAnnexB ? default : new LengthPrefixedReader(accessUnit);
    }

    /// <summary>The piece read last is, or begins with, the first slice.</summary>
    public bool IsFirstSlice { get; private set; }

    /// <summary>The piece read last belongs to the picture; otherwise it is a parameter set or an access unit delimiter.</summary>
    public bool IsPicturePart { get; private set; }

    /// <summary>After the walk: what was wrong.</summary>
    public readonly AccessUnitFault Fault =>
        _lengthPrefixed.IsMalformed ? AccessUnitFault.BadLengthPrefix
        : !_hasUnit ? AccessUnitFault.NoNalUnit
        : !_hasSlice ? AccessUnitFault.NoPicture
        : AccessUnitFault.None;

    public bool TryRead(out ReadOnlySpan<byte> piece)
    {
        if (!(_isAnnexB ? TryReadAnnexB(out piece) : _lengthPrefixed.TryRead(out piece)))
        {
            return false;
        }

        IsFirstSlice = !_hasSlice && IsSlice(piece);
        IsPicturePart = _hasSlice || IsFirstSlice || !IsTakenOut(piece);
        _hasSlice |= IsFirstSlice;
        _hasUnit = true;
        return true;
    }

    private bool TryReadAnnexB(out ReadOnlySpan<byte> piece)
    {
        // The type of a unit is known before its end is searched for, so the picture itself is never scanned.
        piece = _annexB.Rest;
        if (!IsSlice(piece))
        {
            return _annexB.TryRead(out piece);
        }

        _annexB = default;
        piece = piece.TrimEnd((byte)0);
        return true;
    }

    private readonly bool IsSlice(ReadOnlySpan<byte> nalUnit) => _isH264 ? H264NalUnit.IsSlice(nalUnit) : H265NalUnit.IsSlice(nalUnit);

    private readonly bool IsTakenOut(ReadOnlySpan<byte> nalUnit) => _isH264
        ? H264NalUnit.TypeOf(nalUnit) == H264NalUnitType.AccessUnitDelimiter || H264ParameterSet.KindOf(nalUnit) is not null
        : H265NalUnit.TypeOf(nalUnit) == H265NalUnitType.AccessUnitDelimiter || H265ParameterSet.KindOf(nalUnit) is not null;
}
