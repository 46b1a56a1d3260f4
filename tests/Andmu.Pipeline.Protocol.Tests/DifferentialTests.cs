using System.Buffers;
using Andmu.Hedgw;
using Andmu.Pipeline.Protocol.Tests.Support;
using CsCheck;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

/// <summary>Our codec against Google.Protobuf, both ways, on random values.</summary>
public sealed class DifferentialTests
{
    [Fact]
    public void Write_RandomPackages_WritesWhatProtobufWrites() =>
        Gen.Select(Generators.Header, Generators.Payload, Gen.Int[1, 300]).ForEach(5000, sample =>
        {
            (MediaPackageHeader header, byte[] payload, int blockSize) = sample;
            BlockBufferWriter output = new(blockSize);
            MediaPackageWriter.Write(output, header, payload);

            Assert.Equal(Reference.Packet(Reference.Message(header, payload)), output.Written);
            Assert.Equal(output.Written.Length, MediaPackageWriter.GetPacketLength(header, payload.Length));
        });

    [Fact]
    public void Write_EveryEdgeOfEveryField_WritesWhatProtobufWrites()
    {
        foreach (ulong edge in Generators.EdgesOf64)
        {
            uint edge32 = unchecked((uint)edge);
            MediaPackageHeader header = new((PackageType)edge32, edge32 == 1, edge32, edge32, edge, edge32);
            BlockBufferWriter output = new(1);
            MediaPackageWriter.Write(output, header, []);

            Assert.Equal(Reference.Packet(Reference.Message(header, [])), output.Written);
            foreach (ReadOnlySequence<byte> layout in Layouts.Of(output.Written[4..]))
            {
                Assert.Equal(header, MediaPackageReader.Read(MessageReader.Read(layout)).Header);
            }
        }
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_097_151)]
    [InlineData(2_097_152)]
    public void Write_PayloadWhereItsLengthGrows_WritesWhatProtobufWrites(int edge)
    {
        // From edge - 40 on, first the message's length grows a byte, then the package's, then the data's.
        MediaPackageHeader header = new(PackageType.Video, true, 1, 2, 3, 1);
        for (int length = edge - 40; length <= edge + 1; length += edge < 10_000 ? 1 : 20)
        {
            byte[] payload = new byte[length];
            ArrayBufferWriter<byte> output = new(length + MediaPackageWriter.MaxOverheadBytes);
            MediaPackageWriter.Write(output, header, payload);

            Assert.True(output.WrittenSpan.SequenceEqual(Reference.Packet(Reference.Message(header, payload))));
        }
    }

    [Fact]
    public void Read_RandomMessagesInEveryLayout_ReadsWhatProtobufWrote() => Generators.Media.ForEach(200, message =>
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(message.ToByteArray()))
        {
            AssertSame(message, layout, 0);
        }
    });

    [Fact]
    public void Read_FieldsShuffledWithUnknownOnesBetween_ReadsWhatProtobufReads() =>
        Gen.Select(Generators.Media, Gen.UInt).ForEach(5000, sample =>
        {
            (HEDGWMessage message, uint seed) = sample;
            WireShuffler shuffler = new(new Random((int)seed));
            byte[] package = shuffler.Shuffle(message.TdMediaPackage.ToByteArray());
            int inPackage = shuffler.UnknownFields;
            byte[] envelope = shuffler.Shuffle([0x08, 0x0A, 0x5A, .. WireShuffler.Varint((ulong)package.Length), .. package]);

            HEDGWMessage theirs = HEDGWMessage.Parser.WithDiscardUnknownFields(true).ParseFrom(envelope);
            Assert.Equal(message, theirs);
            AssertSame(message, new ReadOnlySequence<byte>(envelope), inPackage, shuffler.UnknownFields - inPackage);
            AssertSame(message, Layouts.ByteAtATime(envelope), inPackage, shuffler.UnknownFields - inPackage);
        });

    private static void AssertSame(HEDGWMessage expected, ReadOnlySequence<byte> bytes, int unknownInPackage, int unknownInEnvelope = 0)
    {
        InboundMessage message = MessageReader.Read(bytes);
        MediaPackage package = MediaPackageReader.Read(message);

        Assert.Equal(unknownInEnvelope, message.UnknownFields);
        Assert.Equal(unknownInPackage, package.UnknownFields);
        Assert.Equal(Reference.Header(expected.TdMediaPackage), package.Header);
        Assert.Equal(expected.TdMediaPackage.Data.ToByteArray(), package.Data.ToArray());
    }
}
