using System.Buffers;
using Andmu.Pipeline.Cli.Inspection;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Control.TalkBack;
using Andmu.Pipeline.Fuzz.Targets;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Spool.Format;
using Andmu.Pipeline.Spool.Reading;

namespace Andmu.Pipeline.Fuzz.Tests;

/// <summary>A property that cannot fail tests nothing: each is given a decoder that is a little wrong, and an input of the corpus that shows it.</summary>
public sealed class BrokenDecoderTests
{
    [Fact]
    public void PacketReader_ThatLosesAByte_IsFound()
    {
        PacketReaderTarget target = new(static (ref ReadOnlySequence<byte> buffer, PacketLimits limits, out ReadOnlySequence<byte> message) =>
        {
            bool isWhole = PacketReader.TryReadPacket(ref buffer, limits, out message);
            message = isWhole && message.Length > 20 ? message.Slice(0, message.Length - 1) : message;
            return isWhole;
        });
        Finds(target, "session");
    }

    [Fact]
    public void PacketReader_ThatWaitsForWhatItWillRefuse_IsFound()
    {
        PacketReaderTarget target = new(static (ref ReadOnlySequence<byte> buffer, PacketLimits limits, out ReadOnlySequence<byte> message) =>
            PacketReader.TryReadPacket(ref buffer, limits with { MaxMediaPacketBytes = int.MaxValue, MaxControlPacketBytes = int.MaxValue }, out message));
        Finds(target, "too-long");
    }

    [Fact]
    public void MediaCodec_ThatLosesTheLastByteOfTheData_IsFound()
    {
        MediaCodecTarget target = new(static (in message) =>
        {
            MediaPackage package = MediaPackageReader.Read(message);
            return new MediaPackage(package.Header, package.Data.Slice(0, Math.Max(package.Data.Length - 1, 0)), package.UnknownFields);
        });
        Finds(target, "media");
    }

    [Fact]
    public void MediaCodec_ThatTakesAnAbsentFieldForZero_IsFound()
    {
        MediaCodecTarget target = new(static (in message) =>
        {
            MediaPackage package = MediaPackageReader.Read(message);
            return new MediaPackage(package.Header with { ControlFlag = package.ControlFlag ?? 0 }, package.Data, package.UnknownFields);
        });
        Finds(target, "media-short");
    }

    [Fact]
    public void AnnexB_ThatKeepsTrailingZeros_IsFound() => Finds(
        new AnnexBTarget(static data => [.. AnnexBTarget.Split(data).Select(static unit => (byte[])[.. unit, 0])]), "h264-clip");

    [Fact]
    public void CommandJson_ThatQuotesTheMessage_IsFound()
    {
        CommandJsonTarget target = new(static json =>
        {
            ReceivedCommand received = CommandParser.Parse(json);
            return new ReceivedCommand(received.Session, received.Code, null, new CommandRefusal(RefusalReason.WrongType, System.Text.Encoding.UTF8.GetString(json)));
        });
        Finds(target, "5.2.9.14-firmware-upgrade");
    }

    [Fact]
    public void TalkBack_ThatKnowsNoExtension_IsFound() => Finds(
        new TalkBackTarget(static (data, framing) => TalkBackPacket.Read(data, data.Length > 0 && (data[0] & 0x10) != 0 ? TalkBackFraming.Raw : framing)), "whole-header");

    [Fact]
    public void SpoolRecovery_ThatPassesARecord_IsFound() => Finds(
        new SpoolRecoveryTarget(static (SegmentScanner scanner, out RecordHeader header) =>
        {
            ScanResult result = scanner.Next(long.MaxValue, out header);
            return header.Sequence == 2 ? scanner.Next(long.MaxValue, out header) : result;
        }),
        "records");

    [Fact]
    public void Inspect_ThatBreaksALine_IsFound() => Finds(
        new InspectTarget(static async (input, name, line, output, cancellationToken) =>
        {
            await PacketListing.WriteAsync(input, name, line, output, cancellationToken);
            await output.WriteAsync("\u001b[2J");
        }),
        "session");

    private static void Finds(IFuzzTarget target, string input) =>
        Assert.Throws<PropertyException>(() => target.Run(Corpora.Read(target.Name, input)));
}
