using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

/// <summary>What the times of a package are, and what the buffer keeps, whatever the host's clock and the resolution do.</summary>
public sealed class MediaTrackTimeTests
{
    private static readonly byte[] HdKey = H264.Key(0);
    private static readonly byte[] VgaKey = [.. H264.VgaSet, .. H264.PictureSet, .. H264.BareKey(0)];

    private readonly CameraChannel _channel = new(audio: true);

    [Fact]
    public void TryWrite_Written_TheEntrySaysWhenByTheMonotonicClock()
    {
        _channel.Time.Advance(TimeSpan.FromMilliseconds(1_234));
        _channel.Key();
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        _channel.Sound();
        Assert.Equal([1_234, 1_274], _channel.ReadEntries().Select(e => e.WrittenAtMs));
    }

    [Fact]
    public void TryWrite_RandomAccessPicture_TheEntrySaysItsSize()
    {
        _channel.Gop(2);
        _channel.Sound();
        _channel.Write(VgaKey);
        Assert.Equal([(1280, 720), (0, 0), (0, 0), (640, 480)], _channel.ReadEntries().Select(e => ((int)e.Width, (int)e.Height)));
    }

    public static TheoryData<string, long> Jumps() => new()
    {
        { "the encoder starts again", 0 },
        { "another epoch", 1_800_000_000_000 },
        { "a step", 3_600_000 + 60_000 },
    };

    [Theory]
    [MemberData(nameof(Jumps))]
    public void TryWrite_ClockJumps_NothingIsEvictedAndTheBacklogGoesOn(string what, long to)
    {
        Write(HdKey, 3_600_000);
        Write(H264.Picture(1), 3_600_040);
        Sound(3_600_045);
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        Write(H264.Picture(2), to);
        Sound(to + 5);
        Assert.Equal((6, 85L, 85L), (_channel.Fill.Entries, _channel.Fill.DurationMs, _channel.Fill.UnsentMs));
        Write(HdKey, to + 40);
        List<MediaEntry> entries = _channel.ReadEntries();
        Assert.True(entries.Count == 6, what);
        Assert.Equal(unchecked((uint)to), entries[3].StartTime); // the wire says what the host said
        Assert.Equal(0, _channel.Buffer.Drops.Count);
    }

    /// <summary>A day of a clock that wraps and starts again: the buffer holds its two seconds, never more and never much less.</summary>
    [Fact]
    public void TryWrite_ClockJumpsAgainAndAgain_TheBufferHoldsItsDuration()
    {
        var channel = new CameraChannel(maxSeconds: 2, audio: true);
        for (int i = 0; i < 10_000; i++)
        {
            channel.Time.Advance(TimeSpan.FromMilliseconds(40));
            TimeSpan time = TimeSpan.FromMilliseconds(40 * (i % 700) + (i / 700 % 3 * 4_000_000_000));
            Assert.Equal(WriteResult.Written, channel.Video.TryWrite(i % 25 == 0 ? HdKey : H264.Picture(i), time));
            Assert.Equal(WriteResult.Written, channel.Audio.TryWrite(new byte[160], time));
            if (i > 60)
            {
                Assert.InRange(channel.Fill.DurationMs, 1_950, 2_000);
            }
        }
    }

    [Fact]
    public void TryWrite_RefusedAcrossAJump_TheLedgerHasOneStretchWithoutIt()
    {
        Write(HdKey, 3_600_000);
        Write([1], 3_600_040);
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        Write([1], 0);
        MediaDrop drop = Assert.Single(_channel.Buffer.Drops.Recent());
        Assert.Equal(TimeSpan.FromMilliseconds(40), drop.To - drop.From);
    }

    [Fact]
    public void TryWrite_StartTimeWraps_NothingElseHappens()
    {
        long wrap = 1L << 32;
        Write(HdKey, wrap - 40);
        Sound(wrap - 20);
        Write(H264.Picture(1), wrap);
        Sound(wrap + 20);
        List<MediaEntry> entries = _channel.ReadEntries();
        Assert.Equal([uint.MaxValue - 39, uint.MaxValue - 19, 0, 20], entries.Select(e => e.StartTime));
        Assert.Equal([wrap - 40, wrap - 20, wrap, wrap + 20], entries.Select(e => e.MediaTime));
        Assert.Equal([0u, 0, 1, 1], entries.Select(e => e.SequenceNumber));
    }

    [Fact]
    public void TryWrite_SequenceNumberWraps_GoesOnAtZero()
    {
        _channel.Video.NextSequenceNumber = uint.MaxValue;
        _channel.Gop(3);
        Assert.Equal([uint.MaxValue, 0, 1], _channel.ReadEntries().Select(e => e.SequenceNumber));
        Assert.Equal(0, _channel.Buffer.Drops.Count);
    }

    /// <summary>Specification 5.2.11, subRequest 30: the new resolution starts at 0; sound goes with the pictures that it belongs to.</summary>
    [Fact]
    public void TryWrite_ResolutionChanges_StartTimesRestartForBothTracks()
    {
        Write(HdKey, 100_000);
        Sound(100_010);
        Write(VgaKey, 100_040);
        Sound(100_030);
        Sound(100_050);
        Write(H264.Picture(1), 100_080);
        Write(H264.Picture(2), 100_020); // goes before the key frame by its reordering
        Assert.Equal([100_000u, 100_010, 0, 100_030, 10, 40, 0], StartTimes());
    }

    [Fact]
    public void TryWrite_ResolutionChangesTwice_SoundFromBetweenCountsFromBetween()
    {
        Write(HdKey, 100_000);
        Write(VgaKey, 101_000);
        Sound(101_020);
        Write(HdKey, 102_000);
        Sound(101_980);
        Sound(102_020);
        Assert.Equal([100_000u, 0, 20, 0, 980, 20], StartTimes());
    }

    [Fact]
    public void TryWrite_ResolutionChangesAndTheEncoderStartsAgain_StartTimesRestartForBothTracks()
    {
        Write(HdKey, 100_000);
        Sound(100_010);
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        Write(VgaKey, 0);
        Sound(100_030);
        Sound(10);
        Write(H264.Picture(1), 40);
        Write(HdKey, 80);
        Sound(90);
        Assert.Equal([100_000u, 100_010, 0, 100_030, 10, 40, 0, 10], StartTimes());
    }

    [Fact]
    public void TryWrite_OnlyThePicturesStartAgain_SoundStaysBesideThem()
    {
        Write(HdKey, 100_000);
        Sound(100_000);
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        Write(VgaKey, 0);
        Sound(100_040);
        Write(H264.Picture(1), 40);
        Sound(100_080);
        Assert.Equal([100_000u, 100_000, 0, 0, 40, 40], StartTimes());
    }

    [Fact]
    public void TryWrite_ClockJumpsAfterTheChange_StartTimesGoOn()
    {
        Write(HdKey, 100_000);
        Write(VgaKey, 100_040);
        _channel.Time.Advance(TimeSpan.FromMilliseconds(40));
        Write(H264.Picture(1), 0);
        Sound(0);
        Assert.Equal([100_000u, 0, 40, 40], StartTimes());
    }

    [Fact]
    public void TryWrite_OtherSetsOfTheSameSize_DoNotRestart()
    {
        Write(HdKey, 100_000);
        Write([.. H264.OtherLevelSet, .. H264.PictureSet, .. H264.BareKey(1)], 100_040);
        Write(H264.BareKey(2), 100_080);
        Assert.Equal([100_000u, 100_040, 100_080], StartTimes());
        Assert.Equal(40, _channel.Video.Format!.Level);
    }

    [Fact]
    public void TryWrite_KeyFrameOfTheNewSizeIsRefused_TheNextOneRestarts()
    {
        Write(HdKey, 100_000);
        Assert.Equal(WriteResult.NoRoom, Write([.. H264.VgaSet, .. H264.PictureSet, .. H264.BareKey(0, 70_000)], 100_040));
        Sound(100_050);
        Write(VgaKey, 100_080);
        Assert.Equal([100_000u, 100_050, 0], StartTimes());
    }

    public static TheoryData<string, byte[], WriteResult> EarlySets() => new()
    {
        { "alone", [.. H264.VgaSet, .. H264.PictureSet], WriteResult.NoPicture },
        { "with a picture that is no key frame", [.. H264.VgaSet, .. H264.PictureSet, .. H264.Picture(1)], WriteResult.Written },
    };

    /// <summary>New sets go out before the key frame that refers to them, and nothing else goes under them.</summary>
    [Theory]
    [MemberData(nameof(EarlySets))]
    public void TryWrite_NewSetsInMidStream_TakeEffectAtTheNextKeyFrame(string what, byte[] sets, WriteResult result)
    {
        Write(HdKey, 1_000);
        Assert.True(result == Write(sets, 1_040), what);
        Write(H264.Picture(2), 1_080);
        Write(H264.BareKey(3), 1_120);
        List<ReadPackage> read = _channel.ReadAll();
        int old = read.FindLastIndex(p => p.Type == PackageType.ParameterSets);
        Assert.Equal(H264.Sets, read[0].Bytes);
        Assert.Equal([.. H264.VgaSet, .. H264.PictureSet], read[old].Bytes);
        Assert.Equal([2, 3], read.Where(p => p.Number >= 2).Select(p => p.Number));
        Assert.Equal(read.Count - 2, old); // between the running GOP and the new key frame
        Assert.Equal(2, read.Count(p => p.Type == PackageType.ParameterSets));
        Assert.Equal([1_080u, 0, 0], read[(old - 1)..].Select(p => p.StartTime));
    }

    private WriteResult Write(byte[] accessUnit, long milliseconds) => _channel.Video.TryWrite(accessUnit, TimeSpan.FromMilliseconds(milliseconds));

    private void Sound(long milliseconds) =>
        Assert.Equal(WriteResult.Written, _channel.Audio.TryWrite(Payload.Make([], 9, 160), TimeSpan.FromMilliseconds(milliseconds)));

    private IEnumerable<uint> StartTimes() => _channel.ReadEntries().Select(e => e.StartTime);
}
