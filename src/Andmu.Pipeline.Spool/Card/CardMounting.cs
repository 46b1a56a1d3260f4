using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Reading;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>Recovery: finds out what is on a card, whatever happened to it.</summary>
/// <remarks>It reads the first block of each segment, and of each lane the newest segment that holds a record: so it takes the same time after
/// a year as after a day. What is damaged elsewhere is found, skipped and counted by whoever reads it.</remarks>
internal sealed class CardMounting(IBlockStore store, Random random, SegmentScanner scanner)
{
    /// <summary>Mounts the card, or says why not.</summary>
    public StoreFault TryMount(out MountedCard? card)
    {
        card = null;
        StoreFault fault = store.Attach();
        if (fault != StoreFault.None)
        {
            return fault;
        }

        fault = Volume.Read(store, out VolumeId volume);
        if (fault == StoreFault.NotFound)
        {
            volume = VolumeId.Create(random);
            fault = Volume.Create(store, volume);
        }

        var index = new SegmentIndex();
        fault = fault != StoreFault.None ? fault : ReadHeaders(index);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        index.FindEnds();
        var cursor = new UploadCursor(store);
        cursor.Load(index);
        card = new MountedCard(store, volume, index, cursor, FindHead(index));
        return StoreFault.None;
    }

    private StoreFault ReadHeaders(SegmentIndex index)
    {
        var names = new List<string>();
        StoreFault fault = store.List(names);
        foreach (string name in names)
        {
            if (SegmentName.TryParse(name, out uint id, out Lane lane))
            {
                var segment = new SegmentInfo(id, lane, name);
                ReadHeader(segment);
                index.Add(segment);
            }
        }

        return fault;
    }

    private void ReadHeader(SegmentInfo segment)
    {
        if (store.Open(segment.Name, writable: false, out IBlockFile? file) != StoreFault.None)
        {
            segment.IsUnreadable = true;
            return;
        }

        using (file)
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
            if (file!.GetLength(out long length) != StoreFault.None || file.Read(0, bytes, out int count) != StoreFault.None)
            {
                segment.IsUnreadable = true;
                return;
            }

            segment.Length = length;
            if (SegmentHeader.TryRead(bytes[..count], out SegmentHeader header) && header.Id == segment.Id && header.Lane == segment.Lane)
            {
                segment.Salt = header.Salt;
                segment.Epoch = header.Epoch;
                segment.FirstSequence = header.FirstSequence;
            }
        }
    }

    private CardHead FindHead(SegmentIndex index)
    {
        uint nextId = 1;
        ulong highest = 0;
        foreach (Lane lane in Enum.GetValues<Lane>())
        {
            SegmentInfo[] segments = index.Snapshot(lane);
            bool isFound = false;
            for (int i = segments.Length - 1; i >= 0; i--)
            {
                nextId = Math.Max(nextId, segments[i].Id + 1);
                highest = Math.Max(highest, segments[i].FirstSequence);
                if (!isFound)
                {
                    ulong last = LastSequence(segments[i]);
                    isFound = last > 0;
                    highest = Math.Max(highest, last);
                }
            }
        }

        return new CardHead(nextId, highest);
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
