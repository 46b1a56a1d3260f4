using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class BufferAllocationTests
{
    private const int Operations = 10_000;

    [Fact]
    public void TryWrite_SteadyState_AllocatesNothing()
    {
        byte[] key = H264.Key(0, 3_000);
        byte[] picture = H264.Picture(1, 800);
        byte[] pack = Payload.Make([], 2, 160);
        MediaBuffer buffer = Buffer(out MediaTrack video, out MediaTrack audio, out _);
        Assert.Equal(0, AllocatedBy(i =>
        {
            video.TryWrite(i % 25 == 0 ? key : picture, TimeSpan.FromMilliseconds(40 * i));
            audio.TryWrite(pack, TimeSpan.FromMilliseconds(40 * i));
        }));
        Assert.Equal(2 * 2 * Operations, buffer.Written.Packages);
    }

    [Fact]
    public void TryWrite_Refused_AllocatesNothing()
    {
        byte[] picture = H264.Picture(1, 800);
        byte[] malformed = [1, 2, 3];
        MediaBuffer buffer = Buffer(out MediaTrack video, out _, out _);
        Assert.Equal(0, AllocatedBy(i => video.TryWrite(i % 2 == 0 ? picture : malformed, TimeSpan.Zero)));
        Assert.Equal(2 * Operations, buffer.Drops.Count);
    }

    [Fact]
    public void TryRead_SteadyState_AllocatesNothing()
    {
        byte[] key = H264.Key(0, 3_000);
        byte[] picture = H264.Picture(1, 800);
        Buffer(out MediaTrack video, out _, out MediaCursor cursor);
        long read = 0;
        Assert.Equal(0, AllocatedBy(i =>
        {
            video.TryWrite(i % 25 == 0 ? key : picture, TimeSpan.FromMilliseconds(40 * i));
            while (cursor.TryRead(out MediaEntry entry, out _))
            {
                cursor.Advance(entry);
                cursor.Retain(cursor.Position);
                read++;
            }
        }));
        Assert.Equal(2 * (Operations + (Operations / 25)), read);
    }

    [Fact]
    public void TryRead_Overruns_AllocateNothing()
    {
        byte[] key = H264.Key(0, 3_000);
        byte[] picture = H264.Picture(1, 800);
        MediaBuffer buffer = Buffer(out MediaTrack video, out _, out MediaCursor cursor);
        Assert.Equal(0, AllocatedBy(i =>
        {
            video.TryWrite(i % 25 == 0 ? key : picture, TimeSpan.FromMilliseconds(40 * i));
            if (i % 100 == 99 && cursor.TryRead(out MediaEntry entry, out _))
            {
                cursor.Advance(entry);
            }
        }));
        Assert.True(buffer.Drops[DropReason.Overrun].Gops > 100);
    }

    private static MediaBuffer Buffer(out MediaTrack video, out MediaTrack audio, out MediaCursor cursor)
    {
        var buffer = new MediaBuffer(new MediaBufferOptions { CapacityBytes = 64 * 1024 });
        video = MediaTrack.AddVideo(buffer, VideoCodec.H264);
        audio = MediaTrack.AddAudio(buffer);
        cursor = new MediaCursor(buffer, new WakeSignal());
        return buffer;
    }

    /// <summary>Runs it twice as often as it counts: the first half warms up.</summary>
    private static long AllocatedBy(Action<int> step)
    {
        for (int i = 0; i < Operations; i++)
        {
            step(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Operations; i++)
        {
            step(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
