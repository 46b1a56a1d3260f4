using Andmu.Pipeline.Control.Regions;

namespace Andmu.Pipeline.Control.Commands;

/// <summary>Says where in the picture persons are counted (specification 5.2.9.17, request 1793/94).</summary>
/// <param name="Regions">The rectangles, at most <see cref="PersonRegion.MaxCount"/>.</param>
public sealed record SetPersonRegions(IReadOnlyList<PersonRegion> Regions) : ControlCommand
{
    internal override CommandCode Number => new(1793, 94);

    /// <summary>Equal when the rectangles are, in their order.</summary>
    public bool Equals(SetPersonRegions? other) => other is not null && Regions.SequenceEqual(other.Regions);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (PersonRegion region in Regions)
        {
            hash.Add(region);
        }

        return hash.ToHashCode();
    }
}
