using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Tests.Support;
using Andmu.Pipeline.Media;

namespace Andmu.Pipeline.Gateway.Tests.Recording;

public sealed class EventPlanTests
{
    private const uint ByEvent = 1;
    private const uint ByViewer = 2;

    [Fact]
    public void Record_OnEventPlan_KeepsEventsOnly()
    {
        using var bench = new RecordingBench { Plan = DevicePlan.Event };
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2);

        bench.Add(clip, clip.Packages(flag: ByViewer));
        bench.Add(clip, clip.Packages(timeOffset: 60_000, firstNumber: 1000)); // No flag: not an event's.
        bench.Pool.Close();

        Assert.Empty(bench.Recordings);
    }

    /// <summary>The plan is set while media without a flag is on its way: the device has not heard of it yet.</summary>
    [Fact]
    public void Record_PlanTurnsToEvent_WhatIsUnderWayIsKeptUpToTheFirstFlag()
    {
        using var bench = new RecordingBench { Plan = DevicePlan.Cloud };
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2);
        TDMediaPackage[] packages = [.. clip.Packages()];

        bench.Add(clip, packages[..20]);
        bench.Plan = DevicePlan.Event;
        bench.Add(clip, packages[20..]);
        bench.Add(clip, clip.Packages(timeOffset: 60_000, firstNumber: 1000, flag: ByViewer));
        bench.Add(clip, clip.Packages(timeOffset: 90_000, firstNumber: 2000)); // it knows by now

        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(bench.FinishSingle().Path));
    }

    [Fact]
    public void Record_TwoEventsApart_AreTwoFiles()
    {
        using var bench = new RecordingBench { Plan = DevicePlan.Event };
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 2);

        bench.Add(clip, clip.Packages(flag: ByEvent));
        bench.Add(clip, clip.Packages(timeOffset: 60_000, firstNumber: 1500, flag: ByEvent));
        bench.Pool.Close();

        Assert.Equal([50, 50], bench.Recordings.Select(r => r.Frames));
    }

    [Fact]
    public void Record_FlagTurnsWhileAViewerWatches_PutsWhatWasWatchedInFront()
    {
        using var bench = new RecordingBench { Plan = DevicePlan.Event };
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 10);

        // The flag turns at picture 237, within a GOP: the cache holds the key frame at or before 5 s before its last key frame (9.0 s).
        bench.Add(clip, Flagged(clip, number => number < 237 ? ByViewer : ByEvent));

        RecordingInfo recording = bench.FinishSingle();
        Assert.Equal(Ffmpeg.PictureHashes(clip.Path)[100..], Ffmpeg.PictureHashes(recording.Path));
    }

    [Fact]
    public void Record_PreRollSentAgain_HasEveryPictureOnce()
    {
        using var bench = new RecordingBench { Plan = DevicePlan.Event };
        EncodedClip clip = EncodedClip.Make(bench.Directory, VideoCodec.H264, seconds: 4);

        // A viewer has watched from 2 s on when at 3 s an event sends everything from 0 s.
        bench.Add(clip, Flagged(clip, _ => ByViewer).Where(p => p.SeqNum is >= 50 and < 75));
        bench.Add(clip, Flagged(clip, _ => ByEvent));

        Assert.Equal(Ffmpeg.PictureHashes(clip.Path), Ffmpeg.PictureHashes(bench.FinishSingle().Path));
    }

    private static IEnumerable<TDMediaPackage> Flagged(EncodedClip clip, Func<uint, uint> flag) =>
        clip.Packages().Select(package =>
        {
            package.ControlFlag = flag(package.SeqNum);
            return package;
        });
}
