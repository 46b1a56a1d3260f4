using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

[Collection(Allocation.Name)]
public sealed class MediaTrackAllocationTests
{
    private const int Operations = 10_000;

    private static readonly byte[] Hd = H264.Key(0, 1_000);
    private static readonly byte[] Vga = [.. H264.VgaSet, .. H264.PictureSet, .. H264.BareKey(0, 1_000)];
    private static readonly byte[] Picture = H264.Picture(1, 800);
    private static readonly byte[] Pack = Payload.Make([], 2, 160);

    private readonly MediaTrack _video;
    private readonly MediaTrack _audio;
    private readonly MediaBuffer _buffer = new(new MediaBufferOptions { CapacityBytes = 64 * 1024 });

    public MediaTrackAllocationTests()
    {
        _video = MediaTrack.AddVideo(_buffer, VideoCodec.H264);
        _audio = MediaTrack.AddAudio(_buffer);
    }

    [Fact]
    public void TryWrite_ClockJumps_AllocatesNothing() => Assert.Equal(0, Allocation.Of(Operations, i =>
    {
        TimeSpan time = TimeSpan.FromDays(i % 7 * 1_000);
        _video.TryWrite(i % 25 == 0 ? Hd : Picture, time);
        _audio.TryWrite(Pack, time);
    }));

    [Fact]
    public void TryWrite_CaptureTimeGiven_AllocatesNothing() => Assert.Equal(0, Allocation.Of(Operations, i =>
    {
        _video.TryWrite(i % 25 == 0 ? Hd : Picture, TimeSpan.FromMilliseconds(40 * i), DateTimeOffset.UnixEpoch);
        _audio.TryWrite(Pack, TimeSpan.FromMilliseconds(40 * i), DateTimeOffset.UnixEpoch);
    }));

    [Fact]
    public void TryWrite_MutedAndSilent_AllocatesNothing() => Assert.Equal(0, Allocation.Of(Operations, i =>
    {
        _audio.IsMuted = i % 2 == 0;
        _audio.TryWrite(Pack, TimeSpan.FromMilliseconds(40 * i));
        _audio.TryWriteSilence(160, TimeSpan.FromMilliseconds((40 * i) + 20));
    }));

    /// <summary>Parameter sets with new content are the one thing that allocates: what they say is read and kept, once a change.</summary>
    [Fact]
    public void TryWrite_ResolutionChanges_AllocatesOnlyWhatTheNewSetsSay()
    {
        long bytes = Allocation.Of(Operations, i => _video.TryWrite(i % 2 == 0 ? Hd : Vga, TimeSpan.FromMilliseconds(40 * i)));
        Assert.InRange(bytes, 1, 200 * Operations);
        Assert.True(_buffer.Written.Gops >= Operations);
    }

    [Fact]
    public void TryWrite_LargerThanTheBuffer_AllocatesNothing()
    {
        byte[] huge = H264.Key(0, 70_000);
        byte[] sound = new byte[70_000];
        Assert.Equal(0, Allocation.Of(Operations, i =>
        {
            Assert.True(_video.TryWrite(huge, TimeSpan.FromMilliseconds(40 * i)) == WriteResult.NoRoom);
            Assert.True(_audio.TryWrite(sound, TimeSpan.FromMilliseconds(40 * i)) == WriteResult.NoRoom);
        }));
    }

    [Fact]
    public void TryWrite_MalformedAndNoPicture_AllocatesNothing()
    {
        byte[] cut = Hd[..7];
        Assert.Equal(0, Allocation.Of(Operations, i =>
        {
            _video.TryWrite(H264.Sets, TimeSpan.Zero);
            _video.TryWrite(cut, TimeSpan.Zero);
            _video.TryWrite([], TimeSpan.MaxValue);
            _audio.TryWrite([], TimeSpan.MinValue);
        }));
    }
}
