using Andmu.Pipeline.Media.Audio;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaTrackSilenceTests
{
    private readonly CameraChannel _channel = new(video: false, audio: true);

    [Theory]
    [InlineData(AudioCodec.G711ALaw, ALaw.Silence)]
    [InlineData(AudioCodec.G726, G726.Silence)]
    public void TryWrite_Muted_SilenceOfTheSameLengthTakesItsPlace(AudioCodec codec, byte silence)
    {
        var channel = new CameraChannel(video: false);
        MediaTrack audio = MediaTrack.AddAudio(channel.Buffer, codec);
        byte[] sound = Payload.Make([], 0, 160);
        audio.TryWrite(sound, TimeSpan.Zero);
        audio.IsMuted = true;
        Assert.True(audio.IsMuted);
        audio.TryWrite(sound, TimeSpan.FromMilliseconds(20));
        audio.IsMuted = false;
        audio.TryWrite(sound, TimeSpan.FromMilliseconds(40));
        Assert.Equal([sound, Silence(160, silence), sound], Payloads(channel));
    }

    [Fact]
    public async Task WriteAsync_Muted_SilenceTakesItsPlace()
    {
        _channel.Audio.IsMuted = true;
        await _channel.Audio.WriteAsync(Payload.Make([], 0, 80), TimeSpan.Zero, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        Assert.Equal([Silence(80, ALaw.Silence)], Payloads(_channel));
    }

    [Fact]
    public void TryWrite_MutedAndEmpty_IsMalformed()
    {
        _channel.Audio.IsMuted = true;
        Assert.Equal(WriteResult.Malformed, _channel.Audio.TryWrite([], TimeSpan.Zero));
    }

    [Fact]
    public void TryWriteSilence_InPlaceOfPacks_TakesTheirNumbersAndTimes()
    {
        _channel.Sound();
        Assert.Equal(WriteResult.Written, _channel.Audio.TryWriteSilence(320, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(WriteResult.Written, _channel.Audio.TryWriteSilence(320, TimeSpan.FromMilliseconds(60)));
        Assert.Equal([(0u, 0u), (1, 20), (2, 60)], _channel.ReadEntries().Select(e => (e.SequenceNumber, e.StartTime)));
    }

    [Fact]
    public void TryWriteSilence_LargerThanTheBuffer_IsRefusedAndCounted()
    {
        Assert.Equal(WriteResult.NoRoom, _channel.Audio.TryWriteSilence(int.MaxValue, TimeSpan.Zero));
        Assert.Equal(1, _channel.Buffer.Drops[Pipeline.Buffering.DropReason.NoRoom].AudioPackages);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void TryWriteSilence_NoLength_Throws(int bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _channel.Audio.TryWriteSilence(bytes, TimeSpan.Zero));

    [Fact]
    public void Silence_OfAVideoTrack_Throws()
    {
        MediaTrack video = new CameraChannel().Video;
        Assert.Throws<InvalidOperationException>(() => video.IsMuted);
        Assert.Throws<InvalidOperationException>(() => video.IsMuted = false);
        Assert.Throws<InvalidOperationException>(() => video.TryWriteSilence(160, TimeSpan.Zero));
    }

    private static List<byte[]> Payloads(CameraChannel channel)
    {
        var all = new List<byte[]>();
        while (channel.Cursor.TryRead(out Pipeline.Buffering.MediaEntry entry, out ReadOnlySpan<byte> payload))
        {
            all.Add(payload.ToArray());
            channel.Cursor.Advance(entry);
        }

        return all;
    }

    private static byte[] Silence(int bytes, byte value) => [.. Enumerable.Repeat(value, bytes)];
}
