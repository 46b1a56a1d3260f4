using Andmu.Pipeline.Benchmarks.Media;
using Andmu.Pipeline.Benchmarks.Protocol;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>What the codecs must reach against others and against a copy: the code that is measured is that of the benchmarks.</summary>
internal static class CodecGates
{
    private const int PictureBytes = 15 * 1024;
    private const int KeyFrameBytes = 400 * 1024;

    public static IEnumerable<Gate> All() => [.. Writing(), .. Reading(), .. Scanning()];

    /// <summary>Both codecs copy the payload once, which is most of the time of either: whole times differ by less than what the codecs do.</summary>
    private static IEnumerable<Gate> Writing()
    {
        PacketWriterBenchmarks picture = new() { Bytes = PictureBytes };
        picture.Setup();
        yield return new Gate(
            "write 15 KB, beyond the copy, against Google.Protobuf",
            ">= 3x",
            () => RatioGate.Faster(new Duel(picture.HandCodec, picture.GoogleProtobuf, picture.Copy), 3));
        yield return new Gate(
            "write 15 KB, with the copy, against Google.Protobuf", ">= 1.3x", () => RatioGate.Faster(new Duel(picture.HandCodec, picture.GoogleProtobuf), 1.3));

        PacketWriterBenchmarks keyFrame = new() { Bytes = KeyFrameBytes };
        keyFrame.Setup();
        yield return new Gate("write 400 KB, against a copy", "<= 1.15x", () => RatioGate.AtMost(new Duel(keyFrame.HandCodec, keyFrame.Copy), 1.15));
    }

    private static IEnumerable<Gate> Reading()
    {
        PacketReaderBenchmarks picture = new() { Bytes = PictureBytes };
        picture.Setup();
        yield return new Gate("read 15 KB, against Google.Protobuf", ">= 5x", () => RatioGate.Faster(new Duel(picture.HandCodec, picture.GoogleProtobuf), 5));
    }

    private static IEnumerable<Gate> Scanning()
    {
        AnnexBScanBenchmarks stream = new() { Bytes = KeyFrameBytes };
        stream.Setup();
        yield return new Gate(
            "find NAL units, against a loop over bytes", ">= 8x", () => RatioGate.Faster(new Duel(stream.Reader, stream.ByteLoop), 8, KeyFrameBytes));
        yield return new Gate(
            "find NAL units, against a copy of the stream", "<= 2x", () => RatioGate.AtMost(new Duel(stream.Reader, stream.Copy), 2, KeyFrameBytes));
    }
}
