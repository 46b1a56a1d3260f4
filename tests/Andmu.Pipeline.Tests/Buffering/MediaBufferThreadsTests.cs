using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaBufferThreadsTests
{
    /// <summary>Two encoders write as fast as they can while one loop reads: no payload is torn, and read and lost add up to written.</summary>
    [Fact(Timeout = 60_000)]
    public async Task WritersAndReader_AtFullSpeed_NothingIsTornAndAllAddsUp()
    {
        const int rounds = 300;
        const int burst = 100;
        var buffer = new MediaBuffer(new MediaBufferOptions { CapacityBytes = 64 * 1024, MaxEntries = 128, MaxDuration = TimeSpan.FromDays(1) });
        MediaTrack video = MediaTrack.AddVideo(buffer, VideoCodec.H264);
        MediaTrack audio = MediaTrack.AddAudio(buffer);
        var cursor = new MediaCursor(buffer, new WakeSignal());
        MediaTotals read = default;
        for (int round = 0; round < rounds; round++)
        {
            int from = round * burst;
            Task writing = Task.WhenAll(Task.Run(() => WriteVideo(video, from, burst)), Task.Run(() => WriteAudio(audio, from, burst)));
            while (!writing.IsCompleted)
            {
                read += ReadAll(cursor);
            }

            await writing;
            read += ReadAll(cursor);
        }

        video.TryWrite(H264.Key(rounds * burst), TimeSpan.Zero); // whatever waits for a key frame is given up for this one
        read += ReadAll(cursor);
        MediaTotals lost = buffer.Drops.Total;
        Assert.Equal((rounds * burst) + 1, read.VideoPackages + lost.VideoPackages);
        Assert.Equal(rounds * burst, read.AudioPackages + lost.AudioPackages);
    }

    /// <summary>A source that can wait, with a reader that keeps what it has not let go: every access unit arrives, in order.</summary>
    [Fact(Timeout = 60_000)]
    public async Task WriteAsync_SlowReader_LosesNothing()
    {
        const int frames = 3_000;
        var buffer = new MediaBuffer(new MediaBufferOptions { CapacityBytes = 64 * 1024, MaxEntries = 64, MaxDuration = TimeSpan.FromSeconds(1) });
        MediaTrack video = MediaTrack.AddVideo(buffer, VideoCodec.H264);
        var signal = new WakeSignal();
        var cursor = new MediaCursor(buffer, signal);
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < frames; i++)
            {
                byte[] unit = i % 25 == 0 ? H264.Key(i, 9_000) : H264.Picture(i, 1_000 + (i % 7 * 500));
                Assert.Equal(WriteResult.Written, await video.WriteAsync(unit, TimeSpan.FromMilliseconds(40 * i), DateTimeOffset.UnixEpoch));
            }
        });
        int next = 0;
        while (next < frames)
        {
            while (cursor.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload))
            {
                if (entry.PackageType == PackageType.Video)
                {
                    Assert.Equal((uint)next, entry.SequenceNumber);
                    Assert.Equal(next++, Payload.Check(payload, H264.HeaderBytes));
                }

                cursor.Advance(entry);
                if (next % 5 == 0)
                {
                    cursor.Retain(cursor.Position);
                }
            }

            cursor.Retain(cursor.Position);
            if (next < frames)
            {
                await signal.WaitAsync();
            }
        }

        await writing;
        Assert.Equal(0, buffer.Drops.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task WriteAsync_Cancelled_ThrowsAndTakesNoNumber()
    {
        var channel = new CameraChannel();
        channel.Key(30_000);
        channel.Picture(30_000);
        using var cancellation = new CancellationTokenSource();
        ValueTask<WriteResult> write = channel.Video.WriteAsync(H264.Picture(2, 30_000), channel.Pts, DateTimeOffset.UnixEpoch, cancellation.Token);
        Assert.False(write.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await write);

        Assert.Equal([0, 1], channel.ReadNumbers());
        channel.Cursor.Retain(channel.Cursor.Position);
        Assert.Equal(WriteResult.Written, await channel.Video.WriteAsync(H264.Picture(2, 30_000), channel.Pts, DateTimeOffset.UnixEpoch));
        Assert.Equal(2u, channel.ReadAll().Single().SequenceNumber);
        Assert.Equal(0, channel.Buffer.Drops.Count);
    }

    /// <summary>A wake-up for every picture that was sent would cost more than the picture.</summary>
    [Fact(Timeout = 30_000)]
    public async Task WriteAsync_LittleRoom_IsWokenForAnEighthOfTheBuffer()
    {
        var channel = new CameraChannel();
        channel.Key(1_000);
        while (channel.Buffer.Fill(null).Bytes < 60_000)
        {
            channel.Picture(2_000);
        }

        ValueTask<WriteResult> write = channel.Video.WriteAsync(H264.Picture(99, 4_900), channel.Pts, DateTimeOffset.UnixEpoch);
        Assert.True(channel.Buffer.IsRoomWanted);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(channel.Cursor.TryRead(out MediaEntry entry, out _));
            channel.Cursor.Advance(entry);
            channel.Cursor.Retain(channel.Cursor.Position);
            Assert.Equal(i < 3, channel.Buffer.IsRoomWanted);
        }

        Assert.Equal(WriteResult.Written, await write);
    }

    [Fact(Timeout = 30_000)]
    public async Task WriteAsync_NothingIsKept_IsWokenThoughTheBufferIsFull()
    {
        var channel = new CameraChannel();
        channel.Key(30_000);
        channel.Picture(30_000);
        ValueTask<WriteResult> write = channel.Video.WriteAsync(H264.Picture(2, 30_000), channel.Pts, DateTimeOffset.UnixEpoch);
        channel.Cursor.RetainNothing();
        Assert.Equal(WriteResult.Written, await write);
    }

    [Fact]
    public async Task WriteAsync_CancelledBefore_Throws()
    {
        var channel = new CameraChannel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await channel.Video.WriteAsync(H264.Key(0), default, DateTimeOffset.UnixEpoch, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task WriteAsync_LargerThanTheBuffer_IsRefusedInsteadOfWaitedFor()
    {
        var channel = new CameraChannel();
        Assert.Equal(WriteResult.NoRoom, await channel.Video.WriteAsync(H264.Key(0, 70_000), default, DateTimeOffset.UnixEpoch));
        Assert.Equal(1, channel.Buffer.Drops[DropReason.NoRoom].VideoPackages);
    }

    private static void WriteVideo(MediaTrack track, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            byte[] unit = i % 10 == 0 ? H264.Key(i, 2_000) : i % 3 == 0 ? H264.Disposable(i, 300) : H264.Picture(i, 100 + (i % 700));
            track.TryWrite(unit, TimeSpan.FromMilliseconds(i));
        }
    }

    private static void WriteAudio(MediaTrack track, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            track.TryWrite(Payload.Make([], i, 160), TimeSpan.FromMilliseconds(i));
        }
    }

    private static MediaTotals ReadAll(MediaCursor cursor)
    {
        MediaTotals read = default;
        while (cursor.TryRead(out MediaEntry entry, out ReadOnlySpan<byte> payload))
        {
            if (entry.PackageType != PackageType.ParameterSets)
            {
                int number = Payload.Check(payload, entry.PackageType == PackageType.Video ? H264.HeaderBytes : 0);
                Assert.Equal(entry.SequenceNumber, (uint)number);
            }

            read += entry.Own;
            cursor.Advance(entry);
        }

        return read;
    }
}
