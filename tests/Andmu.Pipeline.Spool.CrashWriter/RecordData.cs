using System.Buffers.Binary;

namespace Andmu.Pipeline.Spool;

/// <summary>What the records of the crash tests hold: whose they are, and bytes that can be checked.</summary>
internal static class RecordData
{
    private const int HeadBytes = 12;
    private const int MaxTailBytes = 6000;

    public static byte[] Make(uint run, uint lane, uint ticket)
    {
        uint mixed = ((run * 31) + lane + (ticket * 2)) * 2_654_435_761;
        byte[] data = new byte[HeadBytes + (mixed % MaxTailBytes)];
        data.AsSpan().Fill((byte)mixed);
        BinaryPrimitives.WriteUInt32LittleEndian(data, run);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), lane);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(8), ticket);
        return data;
    }

    /// <summary>Whose it is; null when it is not as it was made.</summary>
    public static (uint Run, uint Lane, uint Ticket)? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeadBytes)
        {
            return null;
        }

        uint run = BinaryPrimitives.ReadUInt32LittleEndian(data);
        uint lane = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        uint ticket = BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        return data.SequenceEqual(Make(run, lane, ticket)) ? (run, lane, ticket) : null;
    }
}
