using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

/// <summary>An encoder's thread is to see results, never exceptions, and the buffer its bounds, whatever comes.</summary>
public sealed class MediaTrackHostileTests
{
    private static readonly TimeSpan[] Times =
    [
        TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromDays(50), TimeSpan.FromDays(18_262), TimeSpan.FromMilliseconds(uint.MaxValue),
    ];

    private static readonly DateTimeOffset[] CaptureTimes =
    [
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch - TimeSpan.FromTicks(1), new(1, 1, 1, 0, 0, 0, TimeSpan.FromHours(-14)),
    ];

    [Fact]
    public void TryWrite_EveryTimeAfterEveryOther_IsWrittenAndRead()
    {
        var channel = new CameraChannel(audio: true);
        foreach (TimeSpan first in Times)
        {
            foreach (TimeSpan second in Times)
            {
                foreach (DateTimeOffset captured in CaptureTimes)
                {
                    Assert.Equal(WriteResult.Written, channel.Video.TryWrite(H264.Key(0), first, captured));
                    Assert.Equal(WriteResult.Written, channel.Audio.TryWrite(Payload.Make([], 1, 160), second, captured));
                    Assert.Equal(WriteResult.Written, channel.Video.TryWrite(H264.Picture(2), second));
                    Assert.Equal([0, 1, 2], channel.ReadNumbers());
                    Assert.InRange(channel.Fill.DurationMs, 0, 60_000);
                }
            }
        }

        Assert.Equal(0, channel.Buffer.Drops.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TryWrite_AnyBytesAtAnyTime_NeverThrowsAndAddsUp(int seed)
    {
        var random = new Random(seed);
        var channel = new CameraChannel(maxEntries: 64, audio: true);
        MediaTotals read = default;
        for (int i = 0; i < 20_000; i++)
        {
            channel.Time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 50)));
            TimeSpan time = random.Next(4) == 0 ? Times[random.Next(Times.Length)] : TimeSpan.FromTicks(random.NextInt64(long.MinValue, long.MaxValue));
            DateTimeOffset captured = CaptureTimes[random.Next(CaptureTimes.Length)];
            if (random.Next(3) == 0)
            {
                channel.Audio.IsMuted = random.Next(2) == 0;
                channel.Audio.TryWrite(Bytes(random), time, captured);
            }
            else
            {
                channel.Video.TryWrite(AccessUnit(random, i), time, captured);
            }

            for (int reads = random.Next(3); reads > 0 && channel.Cursor.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload); reads--)
            {
                Assert.Equal(entry.Length, payload.Length);
                read += entry.Own;
                channel.Cursor.Advance(entry);
            }

            Assert.InRange(channel.Fill.Bytes, 0, 64 * 1024);
            Assert.InRange(channel.Fill.Entries, 0, 64);
            Assert.InRange(channel.Fill.UnsentMs, 0, long.MaxValue);
        }

        // Writing refuses some, reading jumps over others: nothing is lost without an entry in the ledger.
        Assert.True(read.Packages > 1_000);
        channel.Key();
        read = channel.ReadEntries().Aggregate(read, (sum, entry) => sum + entry.Own);
        MediaTotals lost = channel.Buffer.Drops.Total;
        Assert.Equal(
            channel.Video.NextSequenceNumber + channel.Audio.NextSequenceNumber, read.Packages + lost.Packages);
    }

    /// <summary>What is larger than half the buffer fits when all else goes, unless what is being read is in the way.</summary>
    [Fact]
    public void TryWrite_KeyFrameLargerThanHalf_TakesThePlaceOfAllElse()
    {
        var channel = new CameraChannel();
        channel.Gop(10, pictureBytes: 3_000);
        Assert.Equal(WriteResult.Written, channel.Key(bytes: 60_000));
        Assert.Equal(2, channel.Fill.Entries);
        Assert.Equal(WriteResult.Written, channel.Picture());
        Assert.Equal([10, 11], channel.ReadNumbers());
        Assert.Equal(10, channel.Buffer.Drops[DropReason.Overrun].VideoPackages);
    }

    [Fact]
    public void TryWrite_KeyFrameLargerThanHalfWhileOneIsRead_ItsGopIsRefused()
    {
        var channel = new CameraChannel();
        channel.Gop(10, pictureBytes: 3_000);
        Assert.True(channel.Cursor.TryRead(out MediaEntry sets, out _));
        channel.Cursor.Advance(sets);
        Assert.True(channel.Cursor.TryRead(out MediaEntry key, out ReadOnlySpan<byte> payload));
        Assert.Equal(WriteResult.NoRoom, channel.Key(bytes: 60_000));
        Assert.Equal(0, Payload.Check(payload, H264.HeaderBytes)); // what is read stays as it is
        channel.Cursor.Advance(key);
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.Written, channel.Key());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 12], channel.ReadNumbers());
        Assert.Equal(new MediaTotals(1, 0, 1, 60_000), channel.Buffer.Drops[DropReason.NoRoom]);
        Assert.Equal(1, channel.Buffer.Drops[DropReason.NoRandomAccess].VideoPackages);
    }

    [Fact]
    public void TryWrite_KeyFrameLargerThanAll_CostsNothingButItsGop()
    {
        var channel = new CameraChannel();
        channel.Gop(10);
        Assert.Equal(WriteResult.NoRoom, channel.Key(bytes: 64 * 1024));
        Assert.Equal(WriteResult.AwaitingRandomAccess, channel.Picture());
        Assert.Equal(WriteResult.Written, channel.Key());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12], channel.ReadNumbers());
        Assert.Equal(1, channel.Buffer.Drops[DropReason.NoRoom].Gops);
    }

    /// <summary>Ten minutes of one GOP: a reader that keeps up reads them all, in bounds.</summary>
    [Fact]
    public void TryWrite_MinutesWithoutAKeyFrame_GoOn()
    {
        var channel = new CameraChannel();
        channel.Key();
        for (int i = 1; i < 15_000; i++)
        {
            Assert.Equal(WriteResult.Written, channel.Picture(500));
            if (i % 50 == 0)
            {
                Assert.Equal(i == 50 ? 51 : 50, channel.ReadNumbers().Length);
            }
        }

        Assert.Equal(0, channel.Buffer.Drops.Count);
        Assert.InRange(channel.Fill.Bytes, 32 * 1024, 64 * 1024);
    }

    /// <summary>The same with a reader that does not keep up: it has nothing to start from until a key frame comes, and starts there.</summary>
    [Fact]
    public void TryWrite_MinutesWithoutAKeyFrameAndOverrun_StartAgainAtTheNext()
    {
        var channel = new CameraChannel();
        channel.Key();
        for (int i = 1; i < 15_000; i++)
        {
            Assert.Equal(WriteResult.Written, channel.Picture(500));
        }

        Assert.Empty(channel.ReadNumbers());
        Assert.InRange(channel.Fill.Bytes, 32 * 1024, 64 * 1024);
        channel.Gop(2);
        Assert.Equal([15_000, 15_001], channel.ReadNumbers());
        Assert.Equal(15_000, channel.Buffer.Drops.Total.VideoPackages);
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(20) == 0 ? random.Next(100_000) : random.Next(400)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A sound one of any size, or one with some bytes overwritten, cut, or of nothing but noise.</summary>
    private static byte[] AccessUnit(Random random, int number)
    {
        byte[] unit = random.Next(8) switch
        {
            0 => H264.Key(number, random.Next(20) == 0 ? 70_000 : 2_000),
            1 => [.. H264.VgaSet, .. H264.PictureSet, .. H264.BareKey(number)],
            2 => H264.Sets,
            3 => Bytes(random),
            4 => H264.Disposable(number),
            _ => H264.Picture(number, random.Next(5, 2_000)),
        };
        for (int faults = random.Next(3) == 0 ? random.Next(1, 4) : 0; faults > 0 && unit.Length > 0; faults--)
        {
            unit = [.. unit];
            unit[random.Next(unit.Length)] = (byte)random.Next(256);
            unit = random.Next(4) == 0 ? unit[..random.Next(unit.Length)] : unit;
        }

        return unit;
    }
}
