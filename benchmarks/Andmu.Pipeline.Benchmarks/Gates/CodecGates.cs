using Andmu.Pipeline.Benchmarks.Media;
using Andmu.Pipeline.Benchmarks.Protocol;

namespace Andmu.Pipeline.Benchmarks.Gates;

/// <summary>What the codecs must reach against others and against a copy: the code that is measured is that of the benchmarks.</summary>
internal static class CodecGates
{
    private const int PictureBytes = 15 * 1024;
    private const int KeyFrameBytes = 400 * 1024;

    public static IEnumerable<Gate> All()
    {
        PacketWriterBenchmarks picture = new() { Bytes = PictureBytes };
        picture.Setup();
        yield return new Gate(
            "write a media package of 15 KB, against Google.Protobuf", ">= 3x", () => RatioGate.Faster(picture.HandCodec, picture.GoogleProtobuf, 3));
        yield return new Gate(
            "write a media package of 15 KB, against Google.Protobuf", ">= 3x", () => RatioGate.AtMost(picture.HandCodec, picture.Copy, 3));

        PacketWriterBenchmarks keyFrame = new() { Bytes = KeyFrameBytes };
        keyFrame.Setup();
        yield return new Gate(
            "write a media package of 400 KB, against a copy", "<= 1.15x", () => RatioGate.AtMost(keyFrame.HandCodec, keyFrame.Copy, 1.15));

        PacketReaderBenchmarks packet = new() { Bytes = PictureBytes };
        packet.Setup();
        yield return new Gate(
            "read a media package of 15 KB, against Google.Protobuf", ">= 5x", () => RatioGate.Faster(packet.HandCodec, packet.GoogleProtobuf, 5));

        AnnexBScanBenchmarks scan = new() { Bytes = KeyFrameBytes };
        scan.Setup();
        yield return new Gate(
            "find the NAL units of video, against a loop over bytes", ">= 10x", () => RatioGate.Faster(scan.Reader, scan.ByteLoop, 10, KeyFrameBytes));
        yield return new Gate(
            "find the NAL units of video, against IndexOf", "<= 1x", () => RatioGate.AtMost(scan.Reader, scan.IndexOf, 1, KeyFrameBytes));
        yield return new Gate(
            "find the NAL units of video, against a copy", "<= 1.5x", () => RatioGate.AtMost(scan.Reader, scan.Copy, 1.5, KeyFrameBytes));
    }
}
