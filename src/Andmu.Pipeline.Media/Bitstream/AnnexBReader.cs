namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// Walks the NAL units of a byte stream (ITU-T H.264 annex B, ITU-T H.265 annex B) in place, without copying or allocating.
/// <code>
/// 00 00 00 01 [67 64 00 1F ...] 00 00 00 01 [68 EE 3C 80] 00 00 01 [65 88 84 ...] 00 00
///              first                         second                 third
/// </code>
/// Start codes of three and four bytes may be mixed. What stands before the first start code is skipped; zeros behind a unit are
/// not part of it; a start code with nothing behind it is passed over. No input makes it throw.
/// </summary>
public ref struct AnnexBReader
{
    /// <summary>From the first byte of the next unit on; empty at the end.</summary>
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts before the first NAL unit.</summary>
    /// <param name="data">The byte stream.</param>
    public AnnexBReader(ReadOnlySpan<byte> data)
    {
        int prefix = StartCode.IndexOf(data);
        _rest = prefix < 0 ? default : data[(prefix + StartCode.PrefixLength)..];
    }

    /// <summary>
    /// What has not been read yet, from the header of the next NAL unit on: that unit, and all start codes and units behind it.
    /// Looking here tells the type of the next unit without searching for its end.
    /// </summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads the next NAL unit, its header included; never an empty one.</summary>
    /// <param name="nalUnit">The unit, a slice of the data given.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlySpan<byte> nalUnit)
    {
        while (!_rest.IsEmpty)
        {
            int next = StartCode.IndexOf(_rest);
            nalUnit = (next < 0 ? _rest : _rest[..next]).TrimEnd((byte)0);
            _rest = next < 0 ? default : _rest[(next + StartCode.PrefixLength)..];
            if (!nalUnit.IsEmpty)
            {
                return true;
            }
        }

        nalUnit = default;
        return false;
    }
}
