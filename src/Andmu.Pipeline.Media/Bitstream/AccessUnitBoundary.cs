namespace Andmu.Pipeline.Media.Bitstream;

/// <summary>
/// Where one access unit ends and the next begins: ITU-T H.264 7.4.1.2.3, ITU-T H.265 7.4.2.4.4, which agree but for the types.
/// <code>
/// SPS PPS SEI slice(first) slice slice | SEI slice(first) slice | slice(first) ...
///                          PPS between slices: known only when the next slice is seen
/// </code>
/// The next access unit begins at the first opening unit behind the last slice of a picture, and whether a slice was the last is
/// known from the slice after it. So an opening unit is a candidate until the next slice confirms it or belongs to the same picture.
/// </summary>
internal struct AccessUnitBoundary
{
    private const long None = -1;

    private long _candidate = None;

    public AccessUnitBoundary()
    {
    }

    /// <summary>The access unit has a slice.</summary>
    public bool HasSlice { get; private set; }

    /// <summary>Where the access unit ends at the latest, as far as is known: the candidate, or what is given.</summary>
    public readonly long EndOr(long position) => _candidate == None ? position : _candidate;

    /// <summary>Takes the next NAL unit.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="position">Where its start code begins.</param>
    /// <param name="end">Where the access unit before it ended, which may lie before the position.</param>
    /// <returns>True when an access unit has ended.</returns>
    public bool Next(NalUnitRole role, long position, out long end)
    {
        end = EndOr(position);
        switch (role)
        {
            case NalUnitRole.Delimiter or NalUnitRole.FirstSlice:
                bool hasEnded = HasSlice;
                HasSlice = role == NalUnitRole.FirstSlice;
                _candidate = None;
                return hasEnded;
            case NalUnitRole.NextSlice:
                HasSlice = true;
                _candidate = None;
                return false;
            case NalUnitRole.Opening when HasSlice:
                _candidate = end;
                return false;
            default:
                return false;
        }
    }
}
