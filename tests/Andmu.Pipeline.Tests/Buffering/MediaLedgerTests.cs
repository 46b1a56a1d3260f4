using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Protocol;
using Andmu.Pipeline.Tests.Support;
using CsCheck;

namespace Andmu.Pipeline.Tests.Buffering;

/// <summary>The book-keeping of drops against what a reader really got.</summary>
public sealed class MediaLedgerTests
{
    private enum Step
    {
        Key,
        Picture,
        Disposable,
        Leading,
        Sound,
        Huge,
        Malformed,
        ReadOne,
        ReadAll,
    }

    /// <summary>Whatever is written into a tiny buffer and however slowly it is read: every access unit has been read or stands in the ledger,
    /// byte by byte; what is read is in order, starts at parameter sets and a key frame, and no GOP goes on after a hole.</summary>
    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.H265)]
    public void WritesAndReads_AnySequence_AddUp(VideoCodec codec) =>
        Gen.Select(Gen.Int[0, 99].Select(StepOf), Gen.Int[20, 3000]).Array[0, 400].Sample(steps =>
        {
            var channel = new CameraChannel(maxEntries: 64, codec: codec, audio: true);
            var read = new List<ReadPackage>();
            var offered = new Tally();
            foreach ((Step step, int bytes) in steps)
            {
                Run(channel, step, bytes, codec, offered, read);
            }

            read.AddRange(channel.ReadAll());
            channel.Key(); // whatever still waits for a key frame is given up for this one
            offered.Add(video: true, 100);
            read.AddRange(channel.ReadAll());

            MediaTotals lost = channel.Buffer.Drops.Total;
            Assert.Equal(offered.Video, lost.VideoPackages + read.Count(p => p.Type == PackageType.Video));
            Assert.Equal(offered.Audio, lost.AudioPackages + read.Count(p => p.Type == PackageType.Audio));
            MediaTotals inside = channel.Buffer.Drops[DropReason.Overrun] + channel.Buffer.Drops[DropReason.Leading] + DroppedByTheCursor(channel, offered);
            Assert.Equal(channel.Buffer.Written.Bytes, read.Sum(p => p.Bytes.Length) + inside.Bytes);
            AssertDecodes(read);
        });

    private sealed class Tally
    {
        public long Video { get; private set; }

        public long Audio { get; private set; }

        public MediaTotals RefusedForRandomAccess { get; set; }

        public void Add(bool video, int bytes)
        {
            Assert.True(bytes >= 0);
            Video += video ? 1 : 0;
            Audio += video ? 0 : 1;
        }
    }

    private static Step StepOf(int percent) => percent switch
    {
        < 10 => Step.Key,
        < 40 => Step.Picture,
        < 50 => Step.Disposable,
        < 55 => Step.Leading,
        < 70 => Step.Sound,
        < 71 => Step.Huge,
        < 72 => Step.Malformed,
        < 97 => Step.ReadOne,
        _ => Step.ReadAll,
    };

    private static MediaTotals DroppedByTheCursor(CameraChannel channel, Tally offered) =>
        channel.Buffer.Drops[DropReason.NoRandomAccess] - offered.RefusedForRandomAccess;

    private static void Run(CameraChannel channel, Step step, int bytes, VideoCodec codec, Tally offered, List<ReadPackage> read)
    {
        MediaTotals before = channel.Buffer.Drops[DropReason.NoRandomAccess];
        switch (step)
        {
            case Step.ReadOne when channel.Read() is { } package:
                read.Add(package);
                return;
            case Step.ReadOne:
                return;
            case Step.ReadAll:
                read.AddRange(channel.ReadAll());
                return;
            case Step.Sound:
                channel.Sound(bytes);
                break;
            case Step.Key:
                channel.Key(bytes);
                break;
            case Step.Huge:
                channel.Picture(70_000);
                break;
            case Step.Malformed:
                channel.Write([1, 2, 3]);
                break;
            case Step.Leading when codec == VideoCodec.H265:
                channel.Rasl();
                break;
            case Step.Disposable when codec == VideoCodec.H264:
                channel.Disposable(bytes);
                break;
            default:
                channel.Picture(bytes);
                break;
        }

        offered.Add(step != Step.Sound, bytes);
        offered.RefusedForRandomAccess += channel.Buffer.Drops[DropReason.NoRandomAccess] - before;
    }

    private static void AssertDecodes(List<ReadPackage> read)
    {
        int last = -1;
        bool started = false;
        bool afterSets = false;
        foreach (ReadPackage package in read)
        {
            if (package.Type == PackageType.ParameterSets)
            {
                afterSets = true;
                continue;
            }

            Assert.True(package.Number > last, "Out of order.");
            last = package.Number;
            if (package.Type == PackageType.Video)
            {
                started |= package.IsRandomAccess;
                Assert.True(started, "A picture before the first key frame.");
                Assert.Equal(package.IsRandomAccess, afterSets);
                afterSets = false;
            }
        }
    }
}
