using Andmu.Pipeline.Gateway.Recording.Mp4;
using Andmu.Pipeline.Media.ParameterSets;
using Microsoft.IO;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>The GOP that is arriving, already in the form in which the file gets it.</summary>
internal sealed class Gop(RecyclableMemoryStreamManager memory) : IDisposable
{
    // A fragment is cut early past these, so that a stream without key frames cannot fill the memory: 64 MiB are 20 s of 25 Mbit/s.
    private const long MaxBytes = 64 * 1024 * 1024;
    private const int MaxFrames = 9000;

    private readonly List<VideoSample> _samples = [];
    private readonly RecyclableMemoryStream _data = memory.GetStream("gop");

    public IReadOnlyList<VideoSample> Samples => _samples;

    public RecyclableMemoryStream Data => _data;

    public bool IsFull => _data.Length >= MaxBytes || _samples.Count >= MaxFrames;

    /// <summary>The earliest time at which a picture of it is shown.</summary>
    public long Start => _samples.Min(sample => sample.PresentationTime);

    public void Add(long time, bool isKeyFrame, ReadOnlySpan<byte> accessUnit, ParameterSetCache sets)
    {
        int size = SampleFormat.Append(_data, accessUnit, sets);
        if (size > 0)
        {
            _samples.Add(new VideoSample(time, size, isKeyFrame));
        }
    }

    /// <summary>The samples with times counted from the start of a file.</summary>
    public VideoSample[] SamplesFrom(long start) => [.. _samples.Select(sample => sample with { PresentationTime = sample.PresentationTime - start })];

    public void Clear()
    {
        _samples.Clear();
        _data.SetLength(0);
    }

    public void Dispose() => _data.Dispose();
}
