using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaTrackTests
{
    [Fact]
    public void TryWrite_KeyFrame_SetsAreTakenOutAndGoBeforeIt()
    {
        var channel = new CameraChannel();
        channel.Key();
        List<ReadPackage> read = channel.ReadAll();
        Assert.Equal([PackageType.ParameterSets, PackageType.Video], read.Select(p => p.Type));
        Assert.Equal(H264.Sets, read[0].Bytes);
        Assert.Equal(H264.BareKey(0), read[1].Bytes);
        Assert.All(read, p => Assert.True(p.IsRandomAccess));
    }

    [Fact]
    public void TryWrite_LaterKeyFrameWithoutSets_TheKnownOnesGoBeforeIt()
    {
        var channel = new CameraChannel();
        channel.Gop(2);
        channel.Write(H264.BareKey(2));
        List<ReadPackage> read = channel.ReadAll();
        Assert.Equal(
            [PackageType.ParameterSets, PackageType.Video, PackageType.Video, PackageType.ParameterSets, PackageType.Video], read.Select(p => p.Type));
        Assert.Equal(H264.Sets, read[3].Bytes);
    }

    [Fact]
    public void TryWrite_H265KeyFrame_AllThreeSetsGoBeforeIt()
    {
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Gop(2);
        List<ReadPackage> read = channel.ReadAll();
        Assert.Equal([PackageType.ParameterSets, PackageType.Video, PackageType.Video], read.Select(p => p.Type));
        Assert.Equal(H265.Sets, read[0].Bytes);
        Assert.Equal((320, 240), (channel.Video.Format!.Width, channel.Video.Format.Height));
    }

    [Fact]
    public void TryWrite_SetsAlone_AreRememberedAndTakeNoNumber()
    {
        var channel = new CameraChannel();
        Assert.Equal(WriteResult.NoPicture, channel.Video.TryWrite(H264.Sets, TimeSpan.Zero));
        Assert.Equal(WriteResult.Written, channel.Video.TryWrite(H264.BareKey(0), TimeSpan.Zero));
        Assert.Equal(0u, channel.ReadAll()[1].SequenceNumber);
        Assert.Equal((H264.Width, H264.Height), (channel.Video.Format!.Width, channel.Video.Format.Height));
        Assert.Equal(0, channel.Buffer.Drops.Count);
    }

    [Fact]
    public void TryWrite_KeyFrameWithoutAnySets_IsRefused()
    {
        var channel = new CameraChannel();
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Write(H264.BareKey(0)));
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Write([.. H264.SequenceSet, .. H264.BareKey(1)])); // a picture set is missing, too
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.Written, channel.Key());
        Assert.Equal(new MediaTotals(3, 0, 2, 100 + 100 + 50), channel.Buffer.Drops[DropReason.NoRandomAccess]);
    }

    [Fact]
    public void TryWrite_BeforeTheFirstKeyFrame_IsRefusedCountedAndLeavesAGap()
    {
        var channel = new CameraChannel();
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.Written, channel.Key());
        Assert.Equal(2u, channel.ReadAll()[1].SequenceNumber);
        Assert.Equal(2, channel.Buffer.Drops[DropReason.NoRandomAccess].VideoPackages);
        MediaDrop both = Assert.Single(channel.Buffer.Drops.Recent());
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(40)), (both.From, both.To));
    }

    public static TheoryData<string, byte[]> Malformed() => new()
    {
        { "empty", [] },
        { "no start code", [1, 2, 3, 4, 5, 6, 7, 8] },
        { "zeros", [0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void TryWrite_Malformed_IsRefusedAndCounted(string what, byte[] accessUnit)
    {
        var channel = new CameraChannel();
        channel.Key();
        Assert.True(WriteResult.Malformed == channel.Write(accessUnit), what);
        Assert.Equal(WriteResult.Written, channel.Picture());
        Assert.Equal([0u, 0u, 2u], channel.ReadAll().Select(p => p.SequenceNumber));
        Assert.Equal(1, channel.Buffer.Drops[DropReason.Malformed].VideoPackages);
    }

    [Fact]
    public void TryWrite_ReferencePictureDoesNotFit_TheRestOfItsGopIsRefused()
    {
        var channel = new CameraChannel();
        channel.Gop(2);
        Assert.Equal(WriteResult.NoRoom, channel.Picture(bytes: 70_000));
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Disposable());
        Assert.Equal(WriteResult.Written, channel.Key());
        Assert.Equal([0, 1, 5], channel.ReadNumbers());
        Assert.Equal(1, channel.Buffer.Drops[DropReason.NoRoom].VideoPackages);
        Assert.Equal(2, channel.Buffer.Drops[DropReason.NoRandomAccess].VideoPackages);
    }

    [Fact]
    public void TryWrite_DisposablePictureDoesNotFit_TheGopGoesOn()
    {
        var channel = new CameraChannel();
        channel.Gop(2);
        Assert.Equal(WriteResult.NoRoom, channel.Disposable(bytes: 70_000));
        Assert.Equal(WriteResult.Written, channel.Picture());
        Assert.Equal([0, 1, 3], channel.ReadNumbers());
    }

    [Fact]
    public void TryWrite_KeyFrameDoesNotFit_TheRestOfItsGopIsRefused()
    {
        var channel = new CameraChannel();
        channel.Gop(2);
        Assert.Equal(WriteResult.NoRoom, channel.Key(bytes: 70_000));
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.Written, channel.Key());
        Assert.Equal(1, channel.Buffer.Drops[DropReason.NoRoom].Gops);
    }

    [Theory]
    [InlineData(0, 0u)]
    [InlineData(1, 1u)]
    [InlineData(4_294_967_295, uint.MaxValue)]
    [InlineData(4_294_967_296 + 7, 7u)]
    [InlineData(-1, uint.MaxValue)]
    public void TryWrite_PresentationTime_IsSentModulo32Bits(long milliseconds, uint startTime)
    {
        var channel = new CameraChannel();
        channel.Video.TryWrite(H264.Key(0), TimeSpan.FromMilliseconds(milliseconds));
        Assert.All(channel.ReadAll(), p => Assert.Equal(startTime, p.StartTime));
    }

    [Fact]
    public void TryWrite_CaptureTime_IsTheClockPlusItsOffset()
    {
        var channel = new CameraChannel();
        channel.Buffer.ClockOffset = TimeSpan.FromSeconds(5);
        channel.Key();
        ulong expected = (ulong)(channel.Time.GetUtcNow() + TimeSpan.FromSeconds(5)).ToUnixTimeMilliseconds();
        Assert.All(channel.ReadAll(), p => Assert.Equal(expected, p.CaptureTime));
    }

    [Fact]
    public void TryWrite_CaptureTimeGiven_IsSentAsGiven()
    {
        var channel = new CameraChannel();
        channel.Video.TryWrite(H264.Key(0), TimeSpan.Zero, DateTimeOffset.FromUnixTimeMilliseconds(123_456));
        channel.Video.TryWrite(H264.Picture(1), TimeSpan.Zero, DateTimeOffset.UnixEpoch - TimeSpan.FromDays(1));
        Assert.Equal([123_456ul, 123_456ul, 0ul], channel.ReadAll().Select(p => p.CaptureTime));
    }

    /// <summary>server_time comes from the network and moves this offset: whatever it says, the encoder's thread is not to see an exception.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryWrite_ClockOffsetBeyondTheEndOfTime_StillWrites(bool future)
    {
        var channel = new CameraChannel();
        channel.Buffer.ClockOffset = future ? DateTimeOffset.MaxValue - channel.Time.GetUtcNow() : DateTimeOffset.MinValue - channel.Time.GetUtcNow() - TimeSpan.FromDays(1);
        channel.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WriteResult.Written, channel.Key());
    }

    [Fact]
    public void TryWrite_FourByteLengths_AreSentAsAnnexB()
    {
        var channel = new CameraChannel(video: false);
        MediaTrack video = MediaTrack.AddVideo(channel.Buffer, VideoCodec.H264, NalFraming.FourByteLength);
        Assert.Equal(WriteResult.Written, video.TryWrite([.. Prefixed(H264.SequenceSet), .. Prefixed(H264.PictureSet), .. Prefixed(H264.BareKey(0))], TimeSpan.Zero));
        Assert.Equal(WriteResult.Malformed, video.TryWrite([0, 0, 0, 9, 0x41], TimeSpan.Zero));
        List<ReadPackage> read = channel.ReadAll();
        Assert.Equal(H264.Sets, read[0].Bytes);
        Assert.Equal(H264.BareKey(0), read[1].Bytes);
    }

    [Fact]
    public void TryWrite_AudioAndVideo_CountEachTheirOwn()
    {
        var channel = new CameraChannel(audio: true);
        channel.Key();
        channel.Sound();
        channel.Picture();
        channel.Sound();
        Assert.Equal(
            [(PackageType.ParameterSets, 0u), (PackageType.Video, 0u), (PackageType.Audio, 0u), (PackageType.Video, 1u), (PackageType.Audio, 1u)],
            channel.ReadAll().Select(p => (p.Type, p.SequenceNumber)));
    }

    [Fact]
    public void TryWrite_EmptyAudio_IsMalformed()
    {
        var channel = new CameraChannel(video: false, audio: true);
        Assert.Equal(WriteResult.Malformed, channel.Audio.TryWrite([], TimeSpan.Zero));
        Assert.Equal(WriteResult.NoRoom, channel.Audio.TryWrite(new byte[70_000], TimeSpan.Zero));
        Assert.Equal(WriteResult.Written, channel.Sound());
        Assert.Equal(2u, channel.ReadAll().Single().SequenceNumber);
        Assert.Equal(1, channel.Buffer.Drops[DropReason.Malformed].AudioPackages);
    }

    private static byte[] Prefixed(byte[] annexB) => [0, 0, 0, (byte)(annexB.Length - 4), .. annexB[4..]];
}
