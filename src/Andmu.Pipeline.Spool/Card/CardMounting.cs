using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Reading;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>Recovery: finds out what is on a card, whatever happened to it.</summary>
/// <remarks>It reads the first block of each segment, and of each lane the newest segment that holds a record: so it takes the same time after
/// a year as after a day. What is damaged elsewhere is found, skipped and counted when it is read.</remarks>
internal sealed class CardMounting(IBlockStore store, Random random, SegmentScanner scanner)
{
    // So often in a row the identity gave an error: its place is bad, and the card is worth a new one.
    private const int MaxIdentityFaults = 3;

    // No journal comes that far: a card that says so is forged, and must not make the next sequence overflow.
    private const ulong MaxSequence = 1UL << 62;

    private int _identityFaults;

    /// <summary>Mounts the card, or says why not.</summary>
    public StoreFault TryMount(out MountedCard? card)
    {
        card = null;
        StoreFault fault = store.Attach();
        if (fault != StoreFault.None)
        {
            return fault;
        }

        fault = store.Lock();
        if (fault is not (StoreFault.None or StoreFault.ReadOnly)) // what cannot be written to is read without one
        {
            return fault;
        }

        fault = Identify(out VolumeId volume);
        var index = new SegmentIndex();
        fault = fault != StoreFault.None ? fault : SegmentListing.Read(store, index);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        index.FindEnds();
        var cursor = new UploadCursor(store);
        CardHead head = FindHead(index);
        cursor.Load(index);
        card = new MountedCard(store, volume, index, cursor, head);
        return StoreFault.None;
    }

    private StoreFault Identify(out VolumeId volume)
    {
        StoreFault fault = Volume.Read(store, out volume);
        _identityFaults = fault == StoreFault.Io ? _identityFaults + 1 : 0;
        if (fault != StoreFault.NotFound && _identityFaults < MaxIdentityFaults)
        {
            return fault;
        }

        volume = VolumeId.Create(random);
        return Volume.Create(store, volume);
    }

    private CardHead FindHead(SegmentIndex index)
    {
        ulong media = FindHighest(index.Of(SpoolLane.Media), out uint nextAfterMedia);
        ulong events = FindHighest(index.Of(SpoolLane.Event), out uint nextAfterEvents);
        return new CardHead(Math.Max(nextAfterMedia, nextAfterEvents), media, events);
    }

    private ulong FindHighest(IReadOnlyList<SegmentInfo> segments, out uint nextId)
    {
        nextId = segments.Count == 0 ? 1 : segments[^1].Id + 1;
        ulong highest = 0;
        for (int i = segments.Count - 1; i >= 0 && highest == 0; i--)
        {
            highest = LastSequence(segments[i]);
        }

        foreach (SegmentInfo segment in segments)
        {
            highest = Math.Max(highest, Math.Max(segment.FirstSequence, 1) - 1);
        }

        return highest < MaxSequence ? highest : 0;
    }

    private ulong LastSequence(SegmentInfo segment)
    {
        if (segment.IsUnreadable || store.Open(segment.Name, writable: false, out IBlockFile? file) != StoreFault.None)
        {
            return 0;
        }

        using (file)
        {
            scanner.Start(file!, segment.Salt, Layout.BlockBytes, after: 0);
            while (scanner.Next(long.MaxValue, out _) == ScanResult.Record)
            {
            }

            segment.Salt ??= scanner.Salt == 0 ? null : scanner.Salt;
            return scanner.LastSequence;
        }
    }
}
