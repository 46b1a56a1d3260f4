using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

[Collection(Allocation.Name)]
public sealed class BufferAllocationTests
{
    private const int Operations = 10_000;
    private const int Runs = (1 + Allocation.Rounds) * Operations;

    [Fact]
    public void TryWrite_SteadyState_AllocatesNothing()
    {
        byte[] key = H264.Key(0, 3_000);
        byte[] picture = H264.Picture(1, 800);
        byte[] pack = Payload.Make([], 2, 160);
        MediaBuffer buffer = Buffer(out MediaTrack video, out MediaTrack audio, out _);
        Assert.Equal(0, Allocation.Of(Operations, i =>
        {
            video.TryWrite(i % 25 == 0 ? key : picture, TimeSpan.FromMilliseconds(40 * i));
            audio.TryWrite(pack, TimeSpan.FromMilliseconds(40 * i));
        }));
        Assert.Equal(2 * Runs, buffer.Written.Packages);
    }

    [Fact]
    public void TryWrite_Refused_AllocatesNothing()
    {
        byte[] picture = H264.Picture(1, 800);
        byte[] malformed = [1, 2, 3];
        MediaBuffer buffer = Buffer(out MediaTrack video, out _, out _);
        Assert.Equal(0, Allocation.Of(Operations, i => video.TryWrite(i % 2 == 0 ? picture : malformed, TimeSpan.Zero)));
        Assert.Equal(Runs, buffer.Drops.Count);
    }

    [Fact]
    public void TryRead_SteadyState_AllocatesNothing()
    {
        byte[] key = H264.Key(0, 3_000);
        byte[] picture = H264.Picture(1, 800);
        Buffer(out MediaTrack video, out _, out MediaCursor cursor);
        long read = 0;
        Assert.Equal(0, Allocation.Of(Operations, i =>
        {
            video.TryWrite(i % 25 == 0 ? key : picture, TimeSpan.FromMilliseconds(40 * i));
            while (cursor.TryRead(out MediaEntry entry, out _))
            {
                cursor.Advance(entry);
                cursor.Retain(cursor.Position);
                read++;
            }
        }));
        Assert.Equal(Runs + (Runs / 25), read);
    }

    [Fact]
    public void TryRead_Overruns_AllocateNothing()
    {
        byte[] key = H264.Key(0, 3_000);
        byte[] picture = H264.Picture(1, 800);
        MediaBuffer buffer = Buffer(out MediaTrack video, out _, out MediaCursor cursor);
        Assert.Equal(0, Allocation.Of(Operations, i =>
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
}
