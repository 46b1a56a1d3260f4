using System.Buffers;
using Andmu.Pipeline.Media.H265;

namespace Andmu.Pipeline.Buffering;

/// <summary>A CRA picture that follows a cut is sent as BLA (<see cref="H265BrokenLink"/>). The buffer's bytes stay as they are: for another reader there may be no
/// cut. So it is a copy, of one picture at a time, and only of the first after a cut.</summary>
internal sealed class BrokenLinkCopy
{
    private byte[] _rented = [];

    /// <summary>The picture as BLA. Valid until <see cref="Return"/>.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> picture)
    {
        Return();
        _rented = ArrayPool<byte>.Shared.Rent(picture.Length);
        Span<byte> copy = _rented.AsSpan(0, picture.Length);
        picture.CopyTo(copy);
        H265BrokenLink.Mark(copy);
        return copy;
    }

    public void Return()
    {
        if (_rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
        }
    }
}
