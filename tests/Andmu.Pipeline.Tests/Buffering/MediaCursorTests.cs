using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Buffering;

public sealed class MediaCursorTests
{
    [Fact]
    public void TryRead_Empty_IsFalse() => Assert.Null(new CameraChannel().Read());

    [Fact]
    public void TryRead_EverythingWritten_ComesInOrder()
    {
        var channel = new CameraChannel();
        channel.Gop(5);
        channel.Gop(5);
        Assert.Equal(Enumerable.Range(0, 10), channel.ReadNumbers());
        Assert.Equal(0, channel.Buffer.Drops.Count);
    }

    [Fact]
    public void TryRead_SoundBeforeTheFirstKeyFrame_StartsAtTheKeyFrame()
    {
        var channel = new CameraChannel(audio: true);
        channel.Sound();
        channel.Sound();
        Assert.Null(channel.Read());
        channel.Key();
        channel.Sound();
        Assert.Equal([2, 3], channel.ReadNumbers());
        Assert.Equal(2, channel.Buffer.Drops[DropReason.NoRandomAccess].AudioPackages);
    }

    [Fact]
    public void TryRead_AudioOnly_EveryPackIsAPlaceToStart()
    {
        var channel = new CameraChannel(video: false, audio: true);
        channel.Sound();
        channel.Sound();
        Assert.Equal([0, 1], channel.ReadNumbers());
        channel.Cursor.MoveToLive();
        channel.Sound();
        Assert.Equal([1, 2], channel.ReadNumbers()); // the newest pack is the place to start from
    }

    [Fact]
    public void TryRead_AudioOnlyOverrun_GoesOnWithTheNewestPack()
    {
        var channel = new CameraChannel(video: false, audio: true);
        channel.Sound();
        Assert.Equal([0], channel.ReadNumbers());
        for (int i = 0; i < 1000; i++)
        {
            channel.Sound(bytes: 160);
        }

        Assert.Equal([1000], channel.ReadNumbers());
        Assert.Equal(999, channel.Buffer.Drops[DropReason.Overrun].AudioPackages);
    }

    [Fact]
    public void TryRead_FirstReadOfAFullBuffer_StartsAtTheOldestGopThatIsWhole()
    {
        var channel = new CameraChannel();
        channel.Gop(10, keyBytes: 4000, pictureBytes: 1000);
        for (int gop = 0; gop < 5; gop++)
        {
            channel.Gop(10, keyBytes: 4000, pictureBytes: 1000);
        }

        Assert.Equal(Enumerable.Range(10, 50), channel.ReadNumbers());
        Assert.Equal(new MediaTotals(10, 0, 1, H264.Sets.Length + 4000 + (9 * 1000)), channel.Buffer.Drops[DropReason.Overrun]);
    }

    [Fact]
    public void TryRead_Overrun_JumpsToTheNewestGopAndEntersTheRest()
    {
        var channel = new CameraChannel();
        channel.Gop(10);
        Assert.Equal(Enumerable.Range(0, 10), channel.ReadNumbers());
        for (int gop = 0; gop < 20; gop++)
        {
            channel.Gop(10, keyBytes: 4000, pictureBytes: 1000);
        }

        int[] read = channel.ReadNumbers();
        Assert.Equal(Enumerable.Range(200, 10), read);
        MediaTotals lost = channel.Buffer.Drops[DropReason.Overrun];
        Assert.Equal(new MediaTotals(190, 0, 19, 19 * (H264.Sets.Length + 4000 + (9 * 1000))), lost);
        MediaDrop drop = Assert.Single(channel.Buffer.Drops.Recent());
        Assert.Equal(TimeSpan.FromMilliseconds(9 * CameraChannel.FrameMs), drop.From);
        Assert.Equal(TimeSpan.FromMilliseconds(200 * CameraChannel.FrameMs), drop.To);
    }

    /// <summary>The half that is left of a GOP is never sent: it would not decode.</summary>
    [Fact]
    public void TryRead_OverrunInTheMiddleOfTheOnlyGop_WaitsForTheNextKeyFrame()
    {
        var channel = new CameraChannel();
        channel.Gop(3);
        Assert.Equal(0, channel.Read()!.Value.Number + 1); // the sets
        Assert.Equal(0, channel.Read()!.Value.Number);
        for (int i = 0; i < 100; i++)
        {
            channel.Picture(1000);
        }

        Assert.Null(channel.Read());
        channel.Picture();
        Assert.Null(channel.Read());
        channel.Gop(2);
        Assert.Equal([104, 105], channel.ReadNumbers());
        Assert.Equal(103, channel.Buffer.Drops.Total.VideoPackages);
    }

    [Fact]
    public void MoveToLive_SeveralGops_StartsAtTheNewest()
    {
        var channel = new CameraChannel();
        channel.Gop(5);
        channel.Gop(5);
        channel.Gop(5);
        channel.Cursor.MoveToLive();
        Assert.Equal(Enumerable.Range(10, 5), channel.ReadNumbers());
        Assert.Equal(0, channel.Buffer.Drops.Count); // not asked for, so no loss
    }

    [Fact]
    public void MoveToLive_NoGopThere_StartsAtTheNextKeyFrame()
    {
        var channel = new CameraChannel(audio: true);
        channel.Cursor.MoveToLive();
        channel.Sound();
        channel.Gop(2);
        Assert.Equal([1, 2], channel.ReadNumbers());
    }

    [Fact]
    public void ResumeAt_MiddleOfAGop_ReadsItAgainFromItsSets()
    {
        var channel = new CameraChannel();
        channel.Gop(5);
        channel.Gop(5);
        List<ReadPackage> first = channel.ReadAll();
        channel.Cursor.ResumeAt(new MediaMark(8, channel.Buffer.TotalsBefore(8), 0)); // position of picture 6: one entry of sets before each key frame
        List<ReadPackage> again = channel.ReadAll();
        Assert.Equal(PackageType.ParameterSets, again[0].Type);
        Assert.Equal(first[6..].Select(p => (p.Number, p.SequenceNumber, p.StartTime)), again.Select(p => (p.Number, p.SequenceNumber, p.StartTime)));
        Assert.Equal(0, channel.Buffer.Drops.Count);
    }

    [Fact]
    public void ResumeAt_PlaceThatIsGone_ReadsFromTheOldestGopStillHeld()
    {
        var channel = new CameraChannel(maxSeconds: 1);
        for (int gop = 0; gop < 10; gop++)
        {
            channel.Gop(10);
            channel.ReadAll();
        }

        channel.Cursor.ResumeAt(new MediaMark(0, channel.Buffer.TotalsBefore(0), 0));
        Assert.Equal(Enumerable.Range(80, 20), channel.ReadNumbers());
    }

    /// <summary>A connection that breaks while the GOP is sent again whose start had arrived already.</summary>
    [Fact]
    public void ResumeAt_TwiceInOneGop_LosesNothing()
    {
        var channel = new CameraChannel();
        channel.Gop(5);
        var arrived = new MediaMark(4, channel.Buffer.TotalsBefore(4), 0);
        channel.ReadAll();
        channel.Cursor.ResumeAt(arrived);
        Assert.True(channel.Cursor.TryRead(out MediaEntry sets, out _));
        channel.Cursor.Advance(sets);
        channel.Cursor.ResumeAt(arrived);
        Assert.Equal(Enumerable.Range(0, 5), channel.ReadNumbers());
        Assert.Equal(0, channel.Cursor.Lost.Packages);
    }

    [Fact]
    public void TryRead_RaslInAnUncutStream_IsRead()
    {
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Gop(3);
        channel.Key();
        channel.Rasl();
        channel.Picture();
        Assert.Equal(Enumerable.Range(0, 6), channel.ReadNumbers());
    }

    [Fact]
    public void TryRead_RaslAfterACut_IsSkippedAndCounted()
    {
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Gop(3);
        channel.Key();
        channel.Rasl();
        channel.Rasl();
        channel.Picture();
        channel.Key();
        channel.Rasl();
        channel.Picture();
        channel.Cursor.MoveToLive(); // cut before the last key frame
        channel.Key();
        channel.Rasl();
        Assert.Equal([7, 9, 10, 11], channel.ReadNumbers()); // 8 refers to what lies before 7
        Assert.Equal(1, channel.Buffer.Drops[DropReason.Leading].VideoPackages);
    }

    [Fact]
    public void TryRead_CraAfterACut_IsSentAsBlaAndStaysCraInTheBuffer()
    {
        const int Bla = 17;
        const int Cra = 21;
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Gop(3);
        channel.Gop(2);
        Assert.Equal([Bla, Cra], TypesOfKeyFrames(channel.ReadAll())); // the first is cut off from what was before, the second goes on
        channel.Cursor.ResumeAt(new MediaMark(4, channel.Buffer.TotalsBefore(4), 0));
        Assert.Equal([Bla], TypesOfKeyFrames(channel.ReadAll()));
        channel.Gop(2);
        Assert.Equal([Cra], TypesOfKeyFrames(channel.ReadAll()));
    }

    /// <summary>A catch-up may read an entry, find that its time has not come, and read it again.</summary>
    [Fact]
    public void TryRead_AgainAfterRelease_IsStillAfterTheCut()
    {
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Key();
        channel.Rasl();
        channel.Picture();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(channel.Cursor.TryRead(out MediaEntry entry, out _));
            if (i == 0)
            {
                channel.Cursor.Advance(entry); // the sets
                continue;
            }

            channel.Cursor.Release();
        }

        Assert.Equal([0, 2], channel.ReadNumbers());
    }

    private static int[] TypesOfKeyFrames(IEnumerable<ReadPackage> packages) =>
        [.. packages.Where(p => p is { Type: PackageType.Video, IsRandomAccess: true }).Select(p => p.Bytes[4] >> 1)];

    /// <summary>A RADL picture refers to its random access picture and other RADL pictures only (ITU-T H.265 3.1): it decodes after a cut.</summary>
    [Fact]
    public void TryRead_RadlAfterACut_IsRead()
    {
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Gop(3);
        channel.Key();
        channel.Radl();
        channel.Picture();
        channel.Cursor.MoveToLive();
        Assert.Equal([3, 4, 5], channel.ReadNumbers());
    }

    /// <summary>What the second key frame's leading pictures refer to has been read.</summary>
    [Fact]
    public void TryRead_SecondKeyFrameAfterACut_ItsLeadingPicturesAreRead()
    {
        var channel = new CameraChannel(codec: VideoCodec.H265);
        channel.Gop(3);
        channel.Key();
        channel.Cursor.MoveToLive();
        channel.Key();
        channel.Rasl();
        Assert.Equal([3, 4, 5], channel.ReadNumbers());
    }

    [Fact]
    public void TwoCursors_ReadEachTheirOwn()
    {
        var channel = new CameraChannel();
        channel.Gop(3);
        var second = new MediaCursor(channel.Buffer, new WakeSignal());
        Assert.Equal([0, 1, 2], channel.ReadNumbers());
        int entries = 0;
        while (second.TryRead(out MediaEntry entry, out _))
        {
            second.Advance(entry);
            entries++;
        }

        Assert.Equal(4, entries);
    }

    [Fact]
    public async Task TryWrite_CursorWaits_IsWoken()
    {
        var channel = new CameraChannel();
        ValueTask wait = channel.Signal.WaitAsync();
        Assert.False(wait.IsCompleted);
        channel.Key();
        await wait;
    }
}
