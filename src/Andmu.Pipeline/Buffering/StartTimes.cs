namespace Andmu.Pipeline.Buffering;

/// <summary>The start_time of packages: what the host gave, until a switch of resolution lets it start from 0 (specification 5.2.11, subRequest 30).</summary>
/// <remarks>
/// <code>
///   video   1000 1040 1080 | 0 40 80       the key frame of the new resolution is the origin, for sound too;
///   audio    1005 1045 1085  . 5 45        sound from before it that is written after it keeps the old time
///   written             ^ here or later
/// </code>
/// From the first switch on it is media time that counts, which does not jump: an encoder that starts its clock anew for the new
/// resolution, as many do, makes no difference, and neither does one that does so later.
/// Not thread-safe: the buffer's lock guards it.
/// </remarks>
internal struct StartTimes
{
    private (ushort Width, ushort Height) _size;
    private long? _origin; // media time of the key frame from which it counts
    private long? _before; // the origin before it

    /// <summary>The start_time of an entry that is written now; a random access picture of another size than the one before starts anew.</summary>
    /// <param name="entry">The entry, with its media time and size.</param>
    /// <param name="presentationMs">What the host gave, ms.</param>
    public uint Next(in MediaEntry entry, long presentationMs)
    {
        bool isVideo = entry.PackageType == Protocol.PackageType.Video;
        if (entry.Width != 0 && (entry.Width, entry.Height) != _size)
        {
            if (_size != default)
            {
                (_before, _origin) = (_origin, entry.MediaTime);
            }

            _size = (entry.Width, entry.Height);
        }

        // Pictures may go before the origin by their reordering, but their time cannot go below 0.
        long? origin = !isVideo && entry.MediaTime < _origin ? _before : _origin;
        return unchecked((uint)(origin is { } known ? Math.Max(0, entry.MediaTime - known) : presentationMs));
    }
}
