using System.Globalization;

namespace EndToEnd.Tests.Support;

/// <summary>Pictures that follow each other without a gap in decoding order, but for leading pictures of the first, which cannot be decoded without what lay before it.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Last">Number of the last up to which all are there.</param>
/// <param name="Count">How many there are; with B-frames a few may come after <paramref name="Last"/>.</param>
internal readonly record struct PictureRun(int First, int Last, int Count)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}..{Last}");
}

/// <summary>A recording, decoded strictly, picture for picture laid against what the camera's encoder made.</summary>
internal sealed class RecordedClip
{
    private const int SamplesPerPicture = 8000 / SourceClip.FramesPerSecond;

    private RecordedClip(string path, SourceClip source, PictureRun[] runs, short[] samples)
    {
        Path = path;
        Source = source;
        Runs = runs;
        Samples = samples;
    }

    public string Path { get; }

    public SourceClip Source { get; }

    /// <summary>In the order of the recording, which is that of the source: a picture out of order or repeated is refused when it is read.</summary>
    public IReadOnlyList<PictureRun> Runs { get; }

    /// <summary>Its sound, decoded.</summary>
    public short[] Samples { get; }

    public int Count => Runs.Sum(run => run.Count);

    /// <summary>Reads a recording; fails if a strict decoder has anything to say, if a picture decodes to none of the source's, or comes again.</summary>
    public static async Task<RecordedClip> ReadAsync(string path, SourceClip source)
    {
        (string[] hashes, short[] samples) = await Ffmpeg.DecodeStrictlyAsync(path);
        return new RecordedClip(path, source, RunsOf(source, [.. hashes.Select(source.NumberOf)]), samples);
    }

    /// <summary>Divides a recording's pictures into runs.</summary>
    public static PictureRun[] RunsOf(SourceClip source, IReadOnlyList<int> numbers)
    {
        for (int i = 1; i < numbers.Count; i++)
        {
            Assert.True(numbers[i] > numbers[i - 1], $"Picture {numbers[i]} comes after picture {numbers[i - 1]}.");
        }

        var runs = new List<PictureRun>();
        int[] decoded = [.. numbers.Select(source.DecodingIndexOf).Order()];
        int start = 0;
        for (int i = 1; i <= decoded.Length; i++)
        {
            if (i == decoded.Length || !Follows(source, decoded[start], decoded[i - 1], decoded[i]))
            {
                runs.Add(RunOf([.. decoded[start..i].Select(index => source.Pictures[index].Number)]));
                start = i;
            }
        }

        return [.. runs];
    }

    private static bool Follows(SourceClip source, int first, int last, int next) =>
        source.Pictures.Take(next).Skip(last + 1).All(between => between.Number < source.Pictures[first].Number);

    private static PictureRun RunOf(HashSet<int> numbers)
    {
        int first = numbers.Min();
        int last = first;
        while (numbers.Contains(last + 1))
        {
            last++;
        }

        return new PictureRun(first, last, numbers.Count);
    }

    /// <summary>One stretch without a hole that starts at a key frame.</summary>
    public PictureRun AssertIsOnePiece()
    {
        Assert.True(Runs.Count == 1, $"{this}: {Runs.Count} pieces.");
        AssertRunsStartAtKeyFrames();
        return Runs[0];
    }

    /// <summary>What was given up left no half: every piece starts where decoding may start.</summary>
    public void AssertRunsStartAtKeyFrames() =>
        Assert.All(Runs, run => Assert.True(Source.KeyFrames.Contains(run.First), $"{this}: {run} does not start at a key frame."));

    /// <summary>At least everything between two moments of the camera's clock, in one piece.</summary>
    public void AssertHolds(TimeSpan from, TimeSpan to)
    {
        PictureRun run = AssertIsOnePiece();
        int wantedLast = SourceClip.NumberAt(to - TimeSpan.FromTicks(1)); // the picture that is on show until then
        Assert.True(run.First * SourceClip.FrameTime <= from, $"{this} starts {(run.First * SourceClip.FrameTime) - from} too late.");
        Assert.True(run.Last >= wantedLast, $"{this} ends {(wantedLast - run.Last) * SourceClip.FrameTime} too early.");
    }

    /// <summary>The camera's sound, sample for sample, under the camera's pictures.</summary>
    public void AssertSoundIsTheCameras()
    {
        PictureRun run = AssertIsOnePiece();
        int start = run.First * SamplesPerPicture;
        Assert.True(Samples.Length >= (run.Count - 1) * SamplesPerPicture, $"{this}: only {Samples.Length} samples of sound.");
        int same = Samples.AsSpan().CommonPrefixLength(Source.Samples.AsSpan(start, Math.Min(Samples.Length, Source.Samples.Length - start)));
        Assert.True(same == Samples.Length, $"{this}: sound differs from sample {same} of {Samples.Length} on.");
    }

    public override string ToString() => $"{System.IO.Path.GetFileName(Path)} [{string.Join(", ", Runs)}]";
}
