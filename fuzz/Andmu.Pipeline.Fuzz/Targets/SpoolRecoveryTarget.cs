using System.Buffers.Binary;
using Andmu.Pipeline.Fuzz.Support;
using Andmu.Pipeline.Spool;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Inspection;
using Andmu.Pipeline.Spool.Reading;

namespace Andmu.Pipeline.Fuzz.Targets;

/// <summary>Gives the next record of a segment: <see cref="SegmentScanner.Next"/>, or one that a test has broken.</summary>
internal delegate ScanResult RecordScan(SegmentScanner scanner, out RecordHeader header);

/// <summary>
/// Differential: of the input as the records of a segment, exactly those are given that a walk byte by byte over one array finds whole, in the same order, and the rest is counted
/// as damage or is zeros. No byte is read twice, so time is linear. As the file of a segment, as a cursor file and as an identity the input makes a card that is looked at without
/// an exception. Checksums are made right where the input asks for it (<see cref="SpoolMending"/>).
/// </summary>
internal sealed class SpoolRecoveryTarget(RecordScan scan) : IFuzzTarget
{
    private readonly SegmentScanner _scanner = new(0);

    public SpoolRecoveryTarget()
        : this(static (SegmentScanner scanner, out RecordHeader header) => scanner.Next(long.MaxValue, out header))
    {
    }

    public string Name => "spool-recovery";

    public string Property => "Recovery gives exactly the whole records, reads no byte twice and never throws, whatever has become of a card.";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] bytes = SpoolMending.Mend(input);
        CheckScan(bytes, salt: null);
        if (RecordHeader.TryRead(bytes, out RecordHeader first))
        {
            CheckScan(bytes, first.Salt);
        }

        LookAtCard(bytes);
    }

    private void CheckScan(byte[] bytes, uint? salt)
    {
        using MemoryFile file = new(bytes);
        List<string> expected = Reference(bytes, salt);
        List<string> records = [];
        long whole = 0;
        _scanner.Start(file, salt, offset: 0, after: 0);
        while (scan(_scanner, out RecordHeader header) == ScanResult.Record)
        {
            records.Add(Describe(_scanner.Position - header.Length - RecordHeader.Size, header));
            Expect.Same(Crc32C.Of(_scanner.Payload.Span), header.PayloadCrc, "checksum of a payload that was given");
            whole += RecordHeader.Size + header.Length;
        }

        Expect.SameItems(expected, records, "record");
        Expect.Same((long)bytes.Length, _scanner.Position, "where the scan ended");
        Expect.Holds(file.BytesRead <= bytes.Length, $"{file.BytesRead} bytes were read of {bytes.Length}");
        Expect.Holds(whole + _scanner.DamagedBytes <= bytes.Length, "more is whole or damaged than there is");
        bool isAnythingLost = bytes.AsSpan().ContainsAnyExcept((byte)0) && records.Count == 0;
        Expect.Holds(!isAnythingLost || _scanner.DamagedPlaces > 0, "what is neither a record nor zero was not counted");
    }

    private static List<string> Reference(ReadOnlySpan<byte> bytes, uint? salt)
    {
        List<string> records = [];
        ulong last = 0;
        for (int at = 0; at <= bytes.Length - RecordHeader.Size;)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            if (!RecordHeader.TryRead(rest, out RecordHeader header) || header.Sequence <= last || (salt ?? header.Salt) != header.Salt)
            {
                at++;
                continue;
            }

            // The first whole header says the salt, whatever becomes of its payload.
            salt ??= header.Salt;
            if (rest.Length - RecordHeader.Size < header.Length)
            {
                at++;
                continue;
            }

            if (Crc32C.Of(rest.Slice(RecordHeader.Size, header.Length)) == header.PayloadCrc)
            {
                records.Add(Describe(at, header));
                last = header.Sequence;
            }

            at += RecordHeader.Size + header.Length;
        }

        return records;
    }

    private static string Describe(long offset, in RecordHeader header) => $"{header} at {offset}";

    private static void LookAtCard(byte[] bytes)
    {
        Dictionary<string, byte[]> files = new()
        {
            [SegmentName.Of(Number(bytes, 12), SpoolLane.Media)] = bytes,
            [SegmentName.Of(1, SpoolLane.Event)] = bytes,
            [Layout.CursorNames[0]] = bytes,
            [Layout.VolumeName] = bytes,
        };
        SpoolCard card = SpoolCard.Open(new MemoryStore(files), "card");
        foreach (SpoolLane lane in Enum.GetValues<SpoolLane>())
        {
            foreach (SpoolSegment segment in card.Segments(lane))
            {
                ReadSegment(card, segment);
            }
        }
    }

    private static void ReadSegment(SpoolCard card, SpoolSegment segment)
    {
        long end = 0;
        using SpoolSegmentReader reader = card.Read(segment, fault =>
        {
            Expect.Holds(fault.Offset >= 0 && fault.Bytes >= 0 && fault.Offset + fault.Bytes <= segment.Bytes, "a fault outside the file");
        });
        while (reader.TryRead(out SpoolRecord record))
        {
            Expect.Holds(reader.Offset >= end, "records are not in the order of the file");
            end = reader.Offset + RecordHeader.Size + record.Data.Length;
            if (record.Lane == SpoolLane.Media)
            {
                _ = record.Media;
            }
            else
            {
                _ = record.Event;
            }
        }
    }

    private static uint Number(byte[] bytes, int offset) =>
        bytes.Length >= offset + sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset)) : 0;
}
