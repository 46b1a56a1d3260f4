using Andmu.Pipeline.Spool.Card;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Inspection;

/// <summary>A journal's directory as it lies there, for those who want to see what is in it. Nothing is ever written.</summary>
/// <remarks>A journal may be using the card: what it adds after <see cref="Open(string)"/> is not seen, and what it removes is gone
/// (<see cref="SpoolSegmentReader.IsGone"/>). Any thread.</remarks>
public sealed class SpoolCard
{
    private readonly IBlockStore _store;
    private readonly IReadOnlyList<SpoolSegment>[] _lanes;

    private SpoolCard(IBlockStore store, SegmentIndex index, string volume)
    {
        _store = store;
        _lanes = [SegmentsOf(index.Of(SpoolLane.Media)), SegmentsOf(index.Of(SpoolLane.Event))];
        Volume = volume;
    }

    /// <summary>The card's identity, 32 hexadecimal digits, as <see cref="SpoolStatus.Volume"/>; empty when there is none that is whole.</summary>
    public string Volume { get; }

    /// <summary>There is an identity or a segment: a journal has been here.</summary>
    public bool HasJournal => Volume.Length > 0 || _lanes[0].Count + _lanes[1].Count > 0;

    /// <summary>Looks at a directory: names, first blocks, cursor files.</summary>
    /// <param name="directory">As given to the journal.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="IOException">It cannot be listed.</exception>
    public static SpoolCard Open(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Directory.Exists(directory)
            ? Open(new FileBlockStore(directory, requireMountPoint: false), directory)
            : throw new DirectoryNotFoundException($"There is no directory '{directory}'.");
    }

    /// <summary>The segments of a lane, oldest first.</summary>
    public IReadOnlyList<SpoolSegment> Segments(SpoolLane lane) => _lanes[(int)lane];

    /// <summary>Reads a segment of this card.</summary>
    /// <param name="segment">One of <see cref="Segments"/>.</param>
    /// <param name="onFault">Told of each fault, in order, during <see cref="SpoolSegmentReader.TryRead"/>; null when nobody wants to know.</param>
    public SpoolSegmentReader Read(SpoolSegment segment, Action<SpoolFault>? onFault = null)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return new SpoolSegmentReader(_store, segment, onFault);
    }

    internal static SpoolCard Open(IBlockStore store, string name)
    {
        var index = new SegmentIndex();
        StoreFault fault = SegmentListing.Read(store, index);
        if (fault != StoreFault.None)
        {
            throw new IOException($"The directory '{name}' cannot be read ({fault}).");
        }

        index.FindEnds();
        new UploadCursor(store).Load(index);
        bool isIdentified = Card.Volume.Read(store, out Format.VolumeId volume) == StoreFault.None;
        return new SpoolCard(store, index, isIdentified ? volume.ToString() : string.Empty);
    }

    private static SpoolSegment[] SegmentsOf(IReadOnlyList<SegmentInfo> lane)
    {
        var segments = new SpoolSegment[lane.Count];
        for (int i = 0; i < segments.Length; i++)
        {
            // Without a whole header nobody knows the run.
            bool isLast = i == segments.Length - 1 || (lane[i].Epoch != 0 && lane[i].EndSequence == ulong.MaxValue);
            segments[i] = new SpoolSegment(lane[i], isLast);
        }

        return segments;
    }
}
