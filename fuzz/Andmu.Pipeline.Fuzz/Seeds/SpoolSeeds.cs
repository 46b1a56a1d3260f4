using System.Buffers.Binary;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Format;

namespace Andmu.Pipeline.Fuzz.Seeds;

/// <summary>Records as a journal writes them, and what power cuts and bad blocks make of them; a whole small segment, a cursor file, an identity.</summary>
internal static class SpoolSeeds
{
    private const string Target = "spool-recovery";
    private const uint Salt = 0xC0FFEE01;
    private const byte MendBoth = 3;

    public static void Write(SeedFolder folder)
    {
        byte[] records = [.. Record(1, 24), .. Record(2, 60), .. Record(3, 0), .. Record(5, 100)];
        folder.Add(Target, "records", records);
        folder.Add(Target, "torn", records.AsSpan(0, records.Length - 30));
        folder.Add(Target, "zero-tail", [.. records, .. new byte[200]]);
        folder.Add(Target, "damage-between", [.. Record(1, 24), .. "damage"u8, .. Record(2, 24)]);
        folder.Add(Target, "back-in-sequence", [.. Record(7, 24), .. Record(3, 24), .. Record(8, 24)]);
        folder.Add(Target, "record-in-record", Nested());
        folder.Add(Target, "length-beyond-end", [.. Record(1, 24), .. Long(2), .. Long(3), .. Record(4, 24)]);
        folder.Add(Target, "segment", [.. Segment(), .. records]);
        WriteFiles(folder);
    }

    private static void WriteFiles(SeedFolder folder)
    {
        byte[] cursor = new byte[CursorFile.Size];
        CursorFile.Write(cursor, 3, [new CursorEntry(1, Salt, 2), new CursorEntry(2, Salt, 9)]);
        folder.Add(Target, "cursor", cursor);
        byte[] identity = new byte[VolumeFile.Size];
        VolumeFile.Write(identity, VolumeId.Read(new byte[16]));
        folder.Add(Target, "identity", identity);
    }

    private static byte[] Record(ulong sequence, int length) => Mended(sequence, length, new byte[length]);

    private static byte[] Long(ulong sequence) => Mended(sequence, Layout.MaxPayloadBytes, []);

    private static byte[] Nested() => Mended(1, 120, [.. new byte[20], .. Record(2, 24), .. new byte[44]]);

    private static byte[] Mended(ulong sequence, int length, byte[] payload)
    {
        byte[] record = new byte[RecordHeader.Size + payload.Length];
        payload.CopyTo(record, RecordHeader.Size);
        new RecordHeader(Salt, sequence, length, RecordType.Media, RecordFlags.KeyFrame, 0).Write(record);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(SpoolMending.WishOffset), MendBoth);
        return SpoolMending.Mend(record);
    }

    private static byte[] Segment()
    {
        byte[] block = new byte[Layout.BlockBytes];
        new SegmentHeader(SpoolLane.Media, 2, Salt, 9, 1, VolumeId.Read(new byte[16])).Write(block);
        block[SpoolMending.SegmentWishOffset] = 1;
        return SpoolMending.Mend(block);
    }
}
