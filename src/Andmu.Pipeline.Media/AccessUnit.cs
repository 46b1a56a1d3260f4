using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.H264;
using Andmu.Pipeline.Media.H265;
using Andmu.Pipeline.Media.ParameterSets;

namespace Andmu.Pipeline.Media;

/// <summary>
/// Takes an encoder's access unit apart into what is sent before a key frame and what is sent as the picture (specification 5.2.3).
/// <code>
/// in   [AUD] [SPS] [PPS] [SEI] [slice 1] [slice 2] ...
///        |     |     |     |       |________________|___ as they are, not looked at (Annex B)
///        |     |     |     |_________________________________ the picture: package type 2
///        |     |_____|__ the cache: package type 3
///        |__ left out: it would have to stand before the parameter sets, which go ahead on their own
/// </code>
/// Both methods look only at what stands before the first slice, so that the cost does not grow with the picture. A parameter
/// set between two slices, which both standards allow and hardly anyone does, stays where it is, decodes, and is not cached.
/// Neither allocates while the parameter sets stay as they are, and no access unit makes them throw. They keep no state of their own;
/// the cache is the one thing that ties them to a thread.
/// </summary>
public static class AccessUnit
{
    /// <summary>Tells what an access unit is, and offers its parameter sets to the cache.</summary>
    /// <param name="codec">The codec; that of the cache.</param>
    /// <param name="framing">How the units are told apart.</param>
    /// <param name="accessUnit">One access unit as the encoder gave it.</param>
    /// <param name="cache">Learns the parameter sets, whether there is a picture or not.</param>
    /// <returns>What it is; a damaged one has no picture and a <see cref="AccessUnitInfo.Fault"/>.</returns>
    /// <exception cref="ArgumentException">The cache is of another codec.</exception>
    public static AccessUnitInfo Inspect(VideoCodec codec, NalFraming framing, ReadOnlySpan<byte> accessUnit, ParameterSetCache cache)
    {
        if (cache.Codec != codec)
        {
            throw new ArgumentException("The cache is of another codec than the access unit.", nameof(cache));
        }

        AccessUnitWalker walker = new(codec, framing, accessUnit);
        ReadOnlySpan<byte> firstSlice = default;
        int bytes = 0;
        while (walker.TryRead(out ReadOnlySpan<byte> piece))
        {
            if (walker.IsPicturePart)
            {
                bytes += StartCode.Length + piece.Length;
            }
            else
            {
                cache.Offer(piece);
            }

            firstSlice = walker.IsFirstSlice ? piece : firstSlice;
        }

        if (walker.Fault != AccessUnitFault.None)
        {
            return new AccessUnitInfo { Fault = walker.Fault };
        }

        bool isH264 = codec == VideoCodec.H264;
        return new AccessUnitInfo
        {
            PictureBytes = bytes,
            IsRandomAccess = isH264 ? H264RandomAccess.IsRandomAccess(firstSlice) : H265RandomAccess.IsRandomAccess(firstSlice),
            IsDisposable = isH264 ? H264Disposable.IsDisposable(firstSlice) : H265Disposable.IsDisposable(firstSlice),
            IsCleanRandomAccess = !isH264 && H265BrokenLink.IsCleanRandomAccess(firstSlice),
            IsSkippedLeading = !isH264 && H265RandomAccess.IsSkippedLeading(firstSlice),
        };
    }

    /// <summary>
    /// Writes the picture as Annex B: without access unit delimiters and parameter sets, everything else in its order, with start codes of
    /// four bytes up to the first slice (and in place of every length prefix).
    /// </summary>
    /// <param name="codec">The codec.</param>
    /// <param name="framing">How the units are told apart.</param>
    /// <param name="accessUnit">The access unit as given to <see cref="Inspect"/>.</param>
    /// <param name="destination">At least <see cref="AccessUnitInfo.PictureBytes"/>.</param>
    /// <returns>The bytes written, which are <see cref="AccessUnitInfo.PictureBytes"/>; 0 when there is no picture.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int WritePicture(VideoCodec codec, NalFraming framing, ReadOnlySpan<byte> accessUnit, Span<byte> destination)
    {
        // A damaged one must not be half written, so its faults are looked for first; before the slices there is next to nothing to walk.
        if (!HasPicture(codec, framing, accessUnit))
        {
            return 0;
        }

        AccessUnitWalker walker = new(codec, framing, accessUnit);
        int written = 0;
        while (walker.TryRead(out ReadOnlySpan<byte> piece))
        {
            if (walker.IsPicturePart)
            {
                StartCode.Bytes.CopyTo(destination[written..]);
                piece.CopyTo(destination[(written + StartCode.Length)..]);
                written += StartCode.Length + piece.Length;
            }
        }

        return written;
    }

    private static bool HasPicture(VideoCodec codec, NalFraming framing, ReadOnlySpan<byte> accessUnit)
    {
        AccessUnitWalker walker = new(codec, framing, accessUnit);
        while (walker.TryRead(out _))
        {
        }

        return walker.Fault == AccessUnitFault.None;
    }
}
