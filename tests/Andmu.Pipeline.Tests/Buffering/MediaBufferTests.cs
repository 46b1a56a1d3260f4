using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaBufferTests
{
    private const int SmallestCapacity = 64 * 1024;

    [Fact]
    public void TryWrite_MoreThanTheBytes_OldestGoesFirst()
    {
        var channel = new CameraChannel(SmallestCapacity);
        for (int gop = 0; gop < 20; gop++)
        {
            channel.Gop(10, keyBytes: 4000, pictureBytes: 1000);
            Assert.InRange(channel.Fill.Bytes, 0, SmallestCapacity);
        }

        Assert.InRange(channel.Fill.Bytes, SmallestCapacity - 4200, SmallestCapacity);
        Assert.Equal(220, channel.Buffer.End); // parameter sets are entries of their own
        Assert.Equal(Enumerable.Range(150, 50), channel.ReadNumbers()); // five GOPs of 13 KB
    }

    [Fact]
    public void TryWrite_LongerThanTheTime_OldestGoesFirst()
    {
        var channel = new CameraChannel(maxSeconds: 1);
        for (int gop = 0; gop < 10; gop++)
        {
            channel.Gop(10);
            Assert.InRange(channel.Fill.DurationMs, 0, 1000);
        }

        Assert.Equal(1000, channel.Fill.DurationMs);
    }

    [Fact]
    public void TryWrite_MoreThanTheEntries_OldestGoesFirst()
    {
        var channel = new CameraChannel(maxEntries: 64);
        for (int gop = 0; gop < 20; gop++)
        {
            channel.Gop(10, keyBytes: 10, pictureBytes: 10);
            Assert.InRange(channel.Fill.Entries, 1, 64);
        }

        Assert.Equal(64, channel.Fill.Entries);
    }

    [Fact]
    public void MaxEntries_NotAPowerOfTwo_IsRoundedUp()
    {
        var channel = new CameraChannel(maxEntries: 65);
        channel.Gop(200, keyBytes: 10, pictureBytes: 10);
        Assert.Equal(128, channel.Fill.Entries);
    }

    [Fact]
    public void Fill_NothingRead_AllIsBacklog()
    {
        var channel = new CameraChannel();
        channel.Gop(11);
        Assert.Equal(new BufferFill(channel.Fill.Bytes, 12, 400, 400, 12), channel.Fill);
        channel.ReadAll();
        Assert.Equal(new BufferFill(channel.Fill.Bytes, 12, 400, 0, 0), channel.Fill);
    }

    [Fact]
    public void Fill_Empty_IsZero() => Assert.Equal(default, new CameraChannel().Fill);

    [Fact]
    public void Written_CountsAccessUnitsAndBytesOfTheirSets()
    {
        var channel = new CameraChannel(audio: true);
        channel.Key(100);
        channel.Picture(50);
        channel.Sound(160);
        Assert.Equal(new MediaTotals(2, 1, 1, H264.Sets.Length + 100 + 50 + 160), channel.Buffer.Written);
    }

    [Fact]
    public void AddVideo_Twice_Throws()
    {
        var buffer = new MediaBuffer();
        MediaTrack.AddVideo(buffer, VideoCodec.H264);
        Assert.Throws<InvalidOperationException>(() => MediaTrack.AddVideo(buffer, VideoCodec.H265));
        MediaTrack.AddAudio(buffer);
        Assert.Throws<InvalidOperationException>(() => MediaTrack.AddAudio(buffer));
    }

    [Theory]
    [InlineData(SmallestCapacity - 1, 60_000, 64)]
    [InlineData((1 << 30) + 1, 60_000, 64)]
    [InlineData(SmallestCapacity, 999, 64)]
    [InlineData(SmallestCapacity, 1000, 63)]
    [InlineData(SmallestCapacity, 1000, (1 << 20) + 1)]
    public void Options_OutOfRange_Throw(int bytes, int milliseconds, int entries) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MediaBuffer(
            new MediaBufferOptions { CapacityBytes = bytes, MaxDuration = TimeSpan.FromMilliseconds(milliseconds), MaxEntries = entries }));

    [Fact]
    public void TryWrite_WhileTheOldestIsBeingRead_LeavesItInPlace()
    {
        var channel = new CameraChannel(SmallestCapacity);
        channel.Key(1000);
        Assert.True(channel.Cursor.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload));
        byte[] before = payload.ToArray();
        WriteResult last = default;
        for (int i = 0; i < 100; i++)
        {
            last = channel.Picture(1000);
        }

        Assert.NotEqual(WriteResult.Written, last); // refused instead
        Assert.True(payload.SequenceEqual(before));
        channel.Cursor.Advance(entry);
        Assert.Equal(WriteResult.Written, channel.Key(1000)); // room again
    }

    [Fact]
    public void BytesPerChannel_AddsUpAllHolders()
    {
        var options = new MediaBufferOptions { CapacityBytes = 1 << 20, MaxEntries = 1024 };
        long small = BufferBudget.BytesPerChannel(options, 0);
        Assert.InRange(small, (1 << 20) + (1024 * 64), (1 << 20) + (1024 * 256) + (512 * 1024));
        Assert.InRange(BufferBudget.BytesPerChannel(options, 500_000) - small, 500_000 - (64 * 1024), 500_000 + (64 * 1024));
    }
}
