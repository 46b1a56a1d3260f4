using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>Finds the segments of a card by their names, and what their first blocks say.</summary>
internal static class SegmentListing
{
    /// <summary>Adds all segments that are there. One that cannot be read is marked; a card that is gone is a fault.</summary>
    public static StoreFault Read(IBlockStore store, SegmentIndex index)
    {
        var names = new List<string>();
        StoreFault fault = store.List(names);
        for (int i = 0; i < names.Count && fault == StoreFault.None; i++)
        {
            if (SegmentName.TryParse(names[i], out uint id, out SpoolLane lane))
            {
                var segment = new SegmentInfo(id, lane, names[i]);
                StoreFault header = ReadHeader(store, segment);
                segment.IsUnreadable = header != StoreFault.None;
                fault = header == StoreFault.Gone ? header : fault; // the card, not this file alone
                index.Add(segment);
            }
        }

        return fault;
    }

    private static StoreFault ReadHeader(IBlockStore store, SegmentInfo segment)
    {
        StoreFault fault = store.Open(segment.Name, writable: false, out IBlockFile? file);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        using (file)
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
            int count = 0;
            fault = file!.GetLength(out long length);
            fault = fault != StoreFault.None ? fault : file.Read(0, bytes, out count);
            segment.Length = length;
            if (SegmentHeader.TryRead(bytes[..count], out SegmentHeader header) && header.Id == segment.Id && header.Lane == segment.Lane)
            {
                segment.Salt = header.Salt;
                segment.Epoch = header.Epoch;
                segment.FirstSequence = header.FirstSequence;
            }

            return fault;
        }
    }
}
