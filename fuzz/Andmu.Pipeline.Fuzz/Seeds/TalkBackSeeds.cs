using System.Buffers.Binary;

namespace Andmu.Pipeline.Fuzz.Seeds;

/// <summary>Calls of a few packs: in order, out of order, with a gap, counted round, with every part of an RTP header, and without one.</summary>
internal static class TalkBackSeeds
{
    private const byte Auto = 0;
    private const byte Rtp = 1;
    private const byte MillisecondStep = 3;

    public static void Write(SeedFolder folder)
    {
        folder.Add("talk-back", "in-order", Call(1, 2, 3, 4));
        folder.Add("talk-back", "out-of-order", Call(1, 3, 2, 5, 4));
        folder.Add("talk-back", "gap", Call(1, 2, 6, 7, 8, 9, 10));
        folder.Add("talk-back", "counted-round", Call(65534, 65535, 0, 1));
        folder.Add("talk-back", "restart", Call(1, 2, 4, 30000, 30001, 30002));
        folder.Add("talk-back", "twice-and-late", Call(5, 5, 6, 4, 7));
        folder.Add("talk-back", "raw", [4, Auto, 1, 2, 3, 4]);

        // Padding, extension, one contributing source, marker.
        folder.Add("talk-back", "whole-header", Entry([0xB1, 0x88, 0, 1, 0, 0, 0, 160, 1, 2, 3, 4, 5, 6, 7, 8, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, 0xD5, 0xD5, 0, 2], Rtp));
    }

    private static byte[] Call(params ReadOnlySpan<ushort> numbers)
    {
        List<byte> call = [];
        foreach (ushort number in numbers)
        {
            byte[] pack = [0x80, 8, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0xD5, (byte)number];
            BinaryPrimitives.WriteUInt16BigEndian(pack.AsSpan(2), number);
            BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(4), number * 160u);
            call.AddRange(Entry(pack, Auto + (20 * MillisecondStep)));
        }

        return [.. call];
    }

    private static byte[] Entry(byte[] pack, byte how) => [(byte)pack.Length, how, .. pack];
}
