using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Cli.Tests.Camera;

public sealed class CameraSpeakerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Play_PacksInTime_NoGap()
    {
        var speaker = new CameraSpeaker(_time);
        Play(speaker, packs: 50, everyMs: 40);

        Assert.Equal(new SpeakerAccount(50, 2000, 0), speaker.Account);
    }

    [Theory]
    [InlineData(240, 0)] // 40 ms of audio, and what the buffer bridges
    [InlineData(241, 1)]
    public void Play_PackIsLate_GapBeyondTheBuffer(int pauseMs, int gaps)
    {
        var speaker = new CameraSpeaker(_time);
        speaker.Play(new byte[320]);
        _time.Advance(TimeSpan.FromMilliseconds(pauseMs));
        speaker.Play(new byte[320]);

        Assert.Equal(gaps, speaker.Account.Gaps);
    }

    [Fact]
    public void Play_BurstAfterAPause_WhatCameAheadIsPlayedOn()
    {
        var speaker = new CameraSpeaker(_time);
        Play(speaker, packs: 25, everyMs: 0); // a second at once
        _time.Advance(TimeSpan.FromMilliseconds(1200));
        speaker.Play(new byte[320]);

        Assert.Equal(new SpeakerAccount(26, 1040, 0), speaker.Account);
    }

    [Fact]
    public void Play_FirstPackAndEmptyOnes_NoGapAndNoPack()
    {
        _time.Advance(TimeSpan.FromHours(1));
        var speaker = new CameraSpeaker(_time);
        speaker.Play([]);
        speaker.Play(new byte[8]);

        Assert.Equal(new SpeakerAccount(1, 1, 0), speaker.Account);
    }

    [Fact]
    public void Begin_AfterAPause_NeitherTheTalkBeforeNorThePauseCounts()
    {
        var speaker = new CameraSpeaker(_time);
        Play(speaker, packs: 5, everyMs: 400);
        _time.Advance(TimeSpan.FromHours(1));
        speaker.Begin();
        Play(speaker, packs: 3, everyMs: 40);

        Assert.Equal(new SpeakerAccount(3, 120, 0), speaker.Account);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(321)] // chunks end at even offsets
    public async Task Play_WithARecording_WavThatFfmpegReads(int packBytes)
    {
        string path = _folder.PathOf("talk.wav");
        using (var file = new WavFile(File.Create(path)))
        {
            var speaker = new CameraSpeaker(_time, file);
            for (int i = 0; i < 25; i++)
            {
                speaker.Play(new byte[packBytes]);
            }

            Assert.Null(file.Fault);
        }

        Assert.Equal(packBytes * 25 * 2, (await Recording.SoundAsync(path)).Length);
        Assert.Equal($"pcm_alaw,8000,1,{packBytes * 25}", await Recording.EntriesAsync(path, "codec_name,sample_rate,channels,duration_ts"));
    }

    [Fact]
    public void Write_MoreThanAnHour_FileEndsThere()
    {
        var content = new MemoryStream();
        using (var file = new WavFile(content))
        {
            for (int minute = 0; minute < 61; minute++)
            {
                file.Write(new byte[60 * 8000]);
            }
        }

        Assert.Equal(58 + (3600 * 8000), content.ToArray().Length);
    }

    [Fact]
    public void Play_DiskIsFull_TalkGoesOn()
    {
        using var disk = new FullDisk();
        using var file = new WavFile(disk);
        var speaker = new CameraSpeaker(_time, file);
        disk.IsFull = true;

        Play(speaker, packs: 3, everyMs: 40);

        Assert.Equal(3, speaker.Account.Packs);
        Assert.IsType<IOException>(file.Fault);
        Assert.Equal("No space left on device.", speaker.RecordingFault);
    }

    public void Dispose() => _folder.Dispose();

    private void Play(CameraSpeaker speaker, int packs, int everyMs)
    {
        for (int i = 0; i < packs; i++)
        {
            speaker.Play(new byte[320]);
            _time.Advance(TimeSpan.FromMilliseconds(everyMs));
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public bool IsFull { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (IsFull)
            {
                throw new IOException("No space left on device.");
            }

            base.Write(buffer);
        }
    }
}
