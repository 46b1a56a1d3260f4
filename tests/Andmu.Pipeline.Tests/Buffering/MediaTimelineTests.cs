using Andmu.Pipeline.Buffering;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaTimelineTests
{
    private const long Hour = 3_600_000;
    private const long Year = 8_766 * Hour;

    private MediaTimeline _timeline;
    private long _now = 5_000;

    [Theory]
    [InlineData(0)]
    [InlineData(-7_000)]
    [InlineData(50 * Year)]
    public void Next_SteadyClock_IsThePresentationTime(long from)
    {
        for (long i = 0; i < 100; i++, _now += 40)
        {
            Assert.Equal(from + (40 * i), Video(from + (40 * i)));
            Assert.Equal(from + (40 * i) + 7, Audio(from + (40 * i) + 7));
        }
    }

    public static TheoryData<string, long, long> Jumps() => new()
    {
        { "the encoder starts again", 9_000, 0 },
        { "90 kHz in 32 bits wraps", ((1L << 32) / 90) - 40, 0 },
        { "another epoch", 9_000, 50 * Year },
        { "back from another epoch", 50 * Year, 9_000 },
        { "a step forward", 9_000, 9_000 + 10_050 },
        { "a step back", 9_000, 9_000 - 2_050 },
        { "below zero", 9_000, -Hour },
    };

    [Theory]
    [MemberData(nameof(Jumps))]
    public void Next_ClockJumps_TimeGoesOnByWhatPassed(string what, long from, long to)
    {
        Video(from - 40);
        Audio(from - 33);
        Pass(40);
        long before = Video(from);
        Pass(40);
        long after = Video(to);
        Assert.True(after == before + 40, what);
        Pass(40);
        Assert.Equal(after + 40, Video(to + 40));
    }

    /// <summary>Sound keeps its place beside the picture to the millisecond, whichever track notices first, and whatever is still to come from before.</summary>
    [Theory]
    [MemberData(nameof(Jumps))]
    public void Next_BothTracksJump_StayTogether(string what, long from, long to)
    {
        Video(from);
        Audio(from + 15);
        Pass(33);
        long video = Video(to);
        Assert.True(Audio(from + 35) == from + 35, what); // still of the old clock
        Pass(20);
        Assert.Equal(video + 15, Audio(to + 15));
        Pass(20);
        Assert.Equal(video + 35, Audio(to + 35));
        Assert.Equal(video + 40, Video(to + 40));
    }

    [Fact]
    public void Next_SoundJumpsFirst_StayTogether()
    {
        Video(60_000);
        Audio(60_000);
        Pass(20);
        long audio = Audio(0);
        Pass(20);
        Assert.Equal(audio + 25, Video(25));
    }

    /// <summary>A jump just about as large as the bound may be one for one track and none for the other.</summary>
    [Theory]
    [InlineData(false, 2_000)]
    [InlineData(true, 2_000)]
    [InlineData(false, -10_000)]
    [InlineData(true, -10_000)]
    public void Next_JumpOnTheBound_StayTogether(bool videoFirst, long back)
    {
        for (long edge = -60; edge <= 60; edge += 5)
        {
            _timeline = default;
            Video(30_000);
            Audio(30_000);
            Pass(40);
            long media = 30_040 - back + edge;
            _ = videoFirst ? Video(media) : Audio(media);
            Pass(10);
            _ = videoFirst ? Audio(media + 10) : Video(media + 10);
            Pass(30);
            Assert.Equal(Video(media + 40), Audio(media + 40));
        }
    }

    [Fact]
    public void Next_JumpAfterAPause_CountsThePause()
    {
        Video(9_000);
        Pass(2 * Hour);
        Assert.Equal(9_000 + (2 * Hour), Video(0));
    }

    [Fact]
    public void Next_Pause_IsNoJump()
    {
        Video(9_000);
        Audio(9_000);
        Pass((2 * Hour) + 15); // the clocks differ a little
        Assert.Equal(9_000 + (2 * Hour), Video(9_000 + (2 * Hour)));
        Assert.Equal(9_040 + (2 * Hour), Audio(9_040 + (2 * Hour)));
    }

    [Fact]
    public void Next_ClockStoppedDuringThePause_GoesOnWithIt()
    {
        Video(9_000);
        Pass(2 * Hour);
        Assert.Equal(9_040, Video(9_040));
    }

    [Fact]
    public void Next_FasterThanTime_IsNoJump()
    {
        for (long i = 0; i < 100_000; i++)
        {
            Assert.Equal(40 * i, Video(40 * i));
            Assert.Equal(40 * i, Audio(40 * i));
            _now += i % 50 == 0 ? 1 : 0;
        }
    }

    /// <summary>A file with all the pictures first, and the sound after them.</summary>
    [Fact]
    public void Next_OneTrackAfterTheOther_IsNoJump()
    {
        for (long time = 0; time <= Hour; time += 40)
        {
            Video(time);
        }

        for (long time = 0; time <= Hour; time += 40)
        {
            Assert.Equal(time, Audio(time));
        }
    }

    /// <summary>A file in a loop, fed as fast as it goes: no time passes, and none is made up.</summary>
    [Fact]
    public void Next_FileFromTheStartAgain_GoesOnAfterTheLaterOfTheTwo()
    {
        Video(60_000);
        Audio(60_020);
        Assert.Equal(60_020, Video(0));
        Assert.Equal(60_020, Audio(0));
        Assert.Equal(60_060, Video(40));
    }

    [Fact]
    public void Next_PicturesInDecodingOrder_KeepTheirTimes()
    {
        foreach (long time in (long[])[0, 160, 80, 40, 120, 320, 240, 200, 280, 2_240, 240])
        {
            Assert.Equal(time, Video(time));
            Pass(40);
        }
    }

    [Fact]
    public void Next_TheSameAgain_IsTheSame()
    {
        Video(9_000);
        Pass(40);
        long first = Video(0);
        Pass(Hour); // a writer waits for room
        Assert.Equal(first, Video(0));
    }

    /// <summary>Against the documentation, the tracks have a clock each: then each goes on by its own.</summary>
    [Fact]
    public void Next_ClocksOfTheTracksDiffer_BothGoOn()
    {
        for (long i = 0; i < 1_000; i++, _now += 40)
        {
            Assert.InRange(Video(40 * i), 40 * i, (40 * i) + 40);
            Assert.InRange(Audio((40 * i) + (56 * Year)), 40 * i, (40 * i) + 40);
        }
    }

    [Theory]
    [InlineData(long.MaxValue, long.MinValue)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void Next_ExtremeTimes_StayATimeSpan(long one, long other)
    {
        long last = Video(one);
        for (int i = 0; i < 10_000; i++, _now += 40)
        {
            long media = Video(i % 2 == 0 ? other : one);
            Assert.True(media > last);
            Assert.Equal(media, TimeSpan.FromMilliseconds(media).Ticks / TimeSpan.TicksPerMillisecond);
            last = media;
        }
    }

    /// <summary>Whatever a clock does that both tracks go by, media time keeps step with real time and the tracks with one another.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Next_AnyJumps_KeepsStep(int seed)
    {
        var random = new Random(seed);
        long clock = random.NextInt64(-Year, Year);
        long allowed = 0;
        long start = Video(clock);
        long started = _now;
        for (int jump = 0; jump < 2_000; jump++)
        {
            long by = random.NextInt64(-1, 2) * random.NextInt64(1L << random.Next(1, 45));
            clock += by;
            allowed += by is >= -2_100 and <= 10_100 ? Math.Abs(by) : 0;
            long skew = random.Next(0, 100);
            for (int i = 0; i < 10; i++)
            {
                clock += 20;
                Pass(20);
                long audio = Audio(clock - skew);
                if (i % 2 == 1)
                {
                    Assert.Equal(Video(clock) - skew, audio);
                    Assert.InRange(audio - start - (_now - started), -allowed - 100, allowed + 100 + (jump * 120));
                }
            }
        }
    }

    private void Pass(long milliseconds) => _now += milliseconds;

    private long Video(long presentationMs) => _timeline.Next(isVideo: true, presentationMs, _now);

    private long Audio(long presentationMs) => _timeline.Next(isVideo: false, presentationMs, _now);
}
