using System.Buffers.Binary;

namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// Walks the NAL units of an MP4 sample (ISO/IEC 14496-15, with lengths of four bytes) in place, without copying or allocating.
/// <code>
/// 00 00 00 04 [68 EE 3C 80] 00 00 12 34 [65 88 84 ...]
/// big-endian   unit         length       unit
/// </code>
/// A length of zero is passed over. A length that reaches past the end, or fewer than four bytes where a length must stand, ends the
/// walk and is told by <see cref="IsMalformed"/>. No input makes it throw.
/// </summary>
public ref struct LengthPrefixedReader
{
    /// <summary>Bytes of a length.</summary>
    internal const int PrefixLength = sizeof(uint);

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts before the first NAL unit.</summary>
    /// <param name="data">The sample.</param>
    public LengthPrefixedReader(ReadOnlySpan<byte> data) => _rest = data;

    /// <summary>The walk ended at a length that does not fit the data, not at the end of the data.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Reads the next NAL unit, its header included; never an empty one.</summary>
    /// <param name="nalUnit">The unit, a slice of the data given.</param>
    /// <returns>False at the end, or where a length does not fit.</returns>
    public bool TryRead(out ReadOnlySpan<byte> nalUnit)
    {
        while (!_rest.IsEmpty)
        {
            // Compared as unsigned and without adding, so that no length can wrap around.
            if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out uint length) || length > (uint)(_rest.Length - PrefixLength))
            {
                IsMalformed = true;
                _rest = default;
                break;
            }

            nalUnit = _rest.Slice(PrefixLength, (int)length);
            _rest = _rest[(PrefixLength + (int)length)..];
            if (length > 0)
            {
                return true;
            }
        }

        nalUnit = default;
        return false;
    }
}
