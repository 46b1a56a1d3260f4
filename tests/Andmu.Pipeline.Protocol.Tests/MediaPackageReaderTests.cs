using System.Buffers;
using Andmu.Pipeline.Protocol.Tests.Support;
using Google.Protobuf;

namespace Andmu.Pipeline.Protocol.Tests;

public sealed class MediaPackageReaderTests
{
    // package_type 2, sync 1, data AA BB CC, data_size 3, start_time 40, seq_num 7, ipcam_time 300, control_flag 1
    private static readonly byte[] Full = [0x08, 2, 0x10, 1, 0x1A, 3, 0xAA, 0xBB, 0xCC, 0x20, 3, 0x28, 40, 0x30, 7, 0x38, 0xAC, 2, 0x40, 1];

    [Fact]
    public void Read_FullPackageInEveryLayout_GivesEveryField()
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(Full))
        {
            MediaPackage package = MediaPackageReader.Read(layout);

            Assert.Equal(PackageType.Video, package.PackageType);
            Assert.True(package.IsKeyFrame);
            Assert.Equal([0xAA, 0xBB, 0xCC], package.Data.ToArray());
            Assert.Equal(40u, package.StartTime);
            Assert.Equal(7u, package.SequenceNumber);
            Assert.Equal(300ul, package.IpcamTime);
            Assert.Equal(1u, package.ControlFlag);
            Assert.Equal(0, package.UnknownFields);
        }
    }

    [Fact]
    public void Read_OptionalFieldsAbsent_AreNull()
    {
        MediaPackage package = Read([.. Full.AsSpan(0, 15)]);

        Assert.Null(package.IpcamTime);
        Assert.Null(package.ControlFlag);
    }

    [Fact]
    public void Read_OneSegment_GivesAViewOfTheInput()
    {
        MediaPackage package = MediaPackageReader.Read(new ReadOnlySequence<byte>(Full));

        Assert.True(package.Data.FirstSpan.Overlaps(Full));
    }

    [Fact]
    public void Read_FieldsRepeated_TheLastCounts()
    {
        byte[] repeated = [0x08, 1, 0x10, 0, 0x1A, 1, 0x11, 0x20, 9, 0x28, 1, 0x30, 1, 0x38, 1, 0x40, 2, .. Full];
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(repeated))
        {
            MediaPackage package = MediaPackageReader.Read(layout);

            Assert.Equal(new MediaPackageHeader(PackageType.Video, true, 40, 7, 300, 1), package.Header);
            Assert.Equal([0xAA, 0xBB, 0xCC], package.Data.ToArray());
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public void Read_PackageTypeOfANewerPeer_KeepsItsNumber(uint type)
    {
        MediaPackageHeader header = new((PackageType)type, false, 1, 2, null, null);
        byte[] body = Reference.Message(header, []).TdMediaPackage.ToByteArray();

        Assert.Equal(type, (uint)Read(body).PackageType);
    }

    [Fact]
    public void Read_SyncOtherThanOne_IsNoKeyFrame()
    {
        byte[] body = [.. Full];
        body[3] = 2;

        Assert.False(Read(body).IsKeyFrame);
    }

    [Fact]
    public void Read_NumbersWiderThanTheirField_AreCutAsProtobufDoes()
    {
        byte[] body = [.. Full.AsSpan(0, 11), 0x28, 0xA8, 0x80, 0x80, 0x80, 0x80, 0x7F, 0x30, 7];

        Assert.Equal(Andmu.Hedgw.TDMediaPackage.Parser.ParseFrom(body).StartTime, Read(body).StartTime);
        Assert.Equal(40u, Read(body).StartTime);
    }

    [Theory]
    [InlineData(0, 2, "package_type")]
    [InlineData(2, 2, "sync")]
    [InlineData(4, 5, "data")]
    [InlineData(9, 2, "data_size")]
    [InlineData(11, 2, "start_time")]
    [InlineData(13, 2, "seq_num")]
    public void Read_RequiredFieldAbsent_IsNamed(int start, int length, string name)
    {
        byte[] body = [.. Full.AsSpan(0, start), .. Full.AsSpan(start + length)];
        foreach (ReadOnlySequence<byte> layout in Layouts.Of(body))
        {
            ProtocolException error = Assert.Throws<ProtocolException>(() => MediaPackageReader.Read(layout));

            Assert.Equal(ProtocolErrorCode.MissingField, error.Code);
            Assert.Contains($" {name} is absent", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Read_DataSizeOtherThanTheDatas_IsRefused(byte size)
    {
        byte[] body = [.. Full];
        body[10] = size;

        Assert.Equal(ProtocolErrorCode.DataSizeMismatch, Assert.Throws<ProtocolException>(() => Read(body)).Code);
    }

    [Theory]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x0D, 1, 2, 3, 4 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x18, 1 })]
    [InlineData(ProtocolErrorCode.WrongWireType, new byte[] { 0x42, 0 })]
    [InlineData(ProtocolErrorCode.UnsupportedGroup, new byte[] { 0x4B, 0x4C })]
    [InlineData(ProtocolErrorCode.Truncated, new byte[] { 0x1A, 0x05, 1, 2 })]
    [InlineData(ProtocolErrorCode.InvalidTag, new byte[] { 0x07 })]
    public void Read_MalformedField_IsNamed(ProtocolErrorCode code, byte[] field)
    {
        foreach (ReadOnlySequence<byte> layout in Layouts.Of([.. Full, .. field]))
        {
            Assert.Equal(code, Assert.Throws<ProtocolException>(() => MediaPackageReader.Read(layout)).Code);
        }
    }

    [Fact]
    public void Read_OfAMessage_GivesTheErrorsPlaceInThePacket()
    {
        byte[] message = [0x08, 0x0A, 0x5A, 4, 0x08, 2, 0x10, 0xFF];
        InboundMessage inbound = MessageReader.Read(new ReadOnlySequence<byte>(message));

        ProtocolException error = Assert.Throws<ProtocolException>(() => MediaPackageReader.Read(inbound));

        Assert.Equal(ProtocolErrorCode.Truncated, error.Code);
        Assert.Equal(MessageType.MediaPackage, error.MessageType);
        Assert.Equal(message.Length, error.PacketLength);
        Assert.Equal(4 + message.Length, error.Offset);
    }

    [Fact]
    public void Read_MessageOfAnotherType_Throws()
    {
        InboundMessage ping = MessageReader.Read(new ReadOnlySequence<byte>(Reference.Ping(1).ToByteArray()));

        Assert.Throws<ArgumentException>(() => MediaPackageReader.Read(ping));
    }

    private static MediaPackage Read(byte[] body) => MediaPackageReader.Read(new ReadOnlySequence<byte>(body));
}
