namespace Andmu.Pipeline.Gateway.Recording.Mp4;

/// <summary>A sample of video: times in <see cref="Mp4Tracks.VideoTimescale"/>.</summary>
internal readonly record struct VideoSample(long PresentationTime, int Size, bool IsKeyFrame);

/// <summary>When a fragment's video samples are decoded, when the last of them ends, and by how much all are shown later.</summary>
internal readonly ref struct VideoTiming(ReadOnlySpan<long> decodeTimes, long end, long delay)
{
    public ReadOnlySpan<long> DecodeTimes { get; } = decodeTimes;

    public long End { get; } = end;

    public long Delay { get; } = delay;
}

/// <summary>A sample of audio: length in <see cref="Mp4Tracks.AudioTimescale"/>.</summary>
internal readonly record struct AudioSample(int Samples, int Size);

/// <summary>
/// The head of one fragment, ISO/IEC 14496-12 8.8; video data comes first behind it, audio after.
/// <code>
/// moof ( mfhd | traf ( tfhd | tfdt | trun video ) | [traf ( tfhd | tfdt | trun audio )] ) | mdat ( video | audio )
/// </code>
/// </summary>
internal static class Fragment
{
    private const uint DefaultBaseIsMoof = 0x020000;
    private const uint DataOffset = 0x000001;
    private const uint SampleDuration = 0x000100;
    private const uint SampleSize = 0x000200;
    private const uint SampleFlags = 0x000400;
    private const uint CompositionOffsets = 0x000800;

    // sample_depends_on 2: on none. sample_depends_on 1, sample_is_non_sync_sample (8.8.3.1).
    private const uint KeyFrameFlags = 0x02000000;
    private const uint OtherFrameFlags = 0x01010000;

    public static void WriteHead(
        Stream stream, uint sequence, ReadOnlySpan<VideoSample> video, VideoTiming timing, ReadOnlySpan<AudioSample> audio, long audioTime)
    {
        var boxes = new BoxWriter(stream);
        long start = boxes.Position;
        long videoOffset = 0;
        long audioOffset = 0;
        using (boxes.Box("moof"u8))
        {
            using (boxes.FullBox("mfhd"u8))
            {
                boxes.U32(sequence);
            }

            if (!video.IsEmpty)
            {
                videoOffset = WriteVideo(boxes, video, timing);
            }

            if (!audio.IsEmpty)
            {
                audioOffset = WriteAudio(boxes, audio, audioTime);
            }
        }

        long videoBytes = SizeOf(video);
        long dataStart = boxes.Position - start + 8;
        PatchOffset(boxes, videoOffset, dataStart);
        PatchOffset(boxes, audioOffset, dataStart + videoBytes);
        boxes.U32(checked((uint)(8 + videoBytes + SizeOf(audio))));
        boxes.Bytes("mdat"u8);
    }

    private static long WriteVideo(BoxWriter boxes, ReadOnlySpan<VideoSample> samples, VideoTiming timing)
    {
        ReadOnlySpan<long> decodeTimes = timing.DecodeTimes;
        using BoxScope traf = boxes.Box("traf"u8);
        WriteTrackHead(boxes, Mp4Tracks.VideoId, decodeTimes[0]);
        using BoxScope trun = boxes.FullBox(
            "trun"u8, version: 1, DataOffset | SampleDuration | SampleSize | SampleFlags | CompositionOffsets);
        boxes.U32((uint)samples.Length);
        long offsetPosition = boxes.Position;
        boxes.U32(0);
        for (int i = 0; i < samples.Length; i++)
        {
            long next = i + 1 < samples.Length ? decodeTimes[i + 1] : timing.End;
            boxes.U32((uint)(next - decodeTimes[i]));
            boxes.U32((uint)samples[i].Size);
            boxes.U32(samples[i].IsKeyFrame ? KeyFrameFlags : OtherFrameFlags);
            boxes.I32((int)(samples[i].PresentationTime + timing.Delay - decodeTimes[i]));
        }

        return offsetPosition;
    }

    private static long WriteAudio(BoxWriter boxes, ReadOnlySpan<AudioSample> samples, long time)
    {
        using BoxScope traf = boxes.Box("traf"u8);
        WriteTrackHead(boxes, Mp4Tracks.AudioId, time);
        using BoxScope trun = boxes.FullBox("trun"u8, version: 0, DataOffset | SampleDuration | SampleSize | SampleFlags);
        boxes.U32((uint)samples.Length);
        long offsetPosition = boxes.Position;
        boxes.U32(0);
        foreach (AudioSample sample in samples)
        {
            boxes.U32((uint)sample.Samples);
            boxes.U32((uint)sample.Size);
            boxes.U32(KeyFrameFlags);
        }

        return offsetPosition;
    }

    private static void WriteTrackHead(BoxWriter boxes, uint track, long time)
    {
        using (boxes.FullBox("tfhd"u8, flags: DefaultBaseIsMoof))
        {
            boxes.U32(track);
        }

        using (boxes.FullBox("tfdt"u8, version: 1))
        {
            boxes.U64((ulong)time);
        }
    }

    private static void PatchOffset(BoxWriter boxes, long position, long offset)
    {
        if (position != 0)
        {
            boxes.PatchU32(position, checked((uint)offset));
        }
    }

    private static long SizeOf(ReadOnlySpan<VideoSample> samples)
    {
        long sum = 0;
        foreach (VideoSample sample in samples)
        {
            sum += sample.Size;
        }

        return sum;
    }

    private static long SizeOf(ReadOnlySpan<AudioSample> samples)
    {
        long sum = 0;
        foreach (AudioSample sample in samples)
        {
            sum += sample.Size;
        }

        return sum;
    }
}
