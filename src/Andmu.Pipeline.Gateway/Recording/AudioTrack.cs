using Andmu.Pipeline.Gateway.Recording.Flac;
using Andmu.Pipeline.Gateway.Recording.Mp4;
using Andmu.Pipeline.Media.Audio;
using Microsoft.IO;

namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// The audio of one file: A-law packs in, FLAC samples out, without a gap: where packs are missing, silence keeps the sound in step
/// with the picture. Positions count samples from the start of the file.
/// </summary>
internal sealed class AudioTrack(RecyclableMemoryStreamManager memory) : IDisposable
{
    // Device clocks and pack sizes round: up to 60 ms early or late a pack is simply the next one.
    private const int ToleranceSamples = 60 * FlacEncoder.SampleRate / 1000;

    private readonly FlacEncoder _encoder = new();
    private readonly short[] _block = new short[FlacEncoder.BlockSize];
    private readonly List<AudioSample> _samples = [];
    private readonly RecyclableMemoryStream _data = memory.GetStream("audio");
    private int _filled;
    private long _fragmentStart;
    private long _end;
    private bool _started;

    /// <summary>What is ready for the next fragment.</summary>
    public AudioPart Ready => new(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_samples), _data, _fragmentStart);

    public void Add(long position, ReadOnlySpan<byte> aLaw)
    {
        if (!_started)
        {
            _started = true;
            _end = _fragmentStart = position;
        }

        long gap = position - _end;
        if (gap < -ToleranceSamples)
        {
            return; // It would sound over what is there already.
        }

        if (gap > ToleranceSamples)
        {
            AddSilence(gap);
        }

        foreach (byte code in aLaw)
        {
            Add(ALaw.Decode(code));
        }
    }

    /// <summary>Makes a last, shorter sample of what is left.</summary>
    public void Flush()
    {
        if (_filled > 0)
        {
            EncodeBlock();
        }
    }

    /// <summary>The ready samples are written.</summary>
    public void Clear()
    {
        foreach (AudioSample sample in _samples)
        {
            _fragmentStart += sample.Samples;
        }

        _samples.Clear();
        _data.SetLength(0);
    }

    public void Dispose() => _data.Dispose();

    private void AddSilence(long samples)
    {
        for (long i = 0; i < samples; i++)
        {
            Add(0);
        }
    }

    private void Add(short sample)
    {
        _block[_filled++] = sample;
        _end++;
        if (_filled == _block.Length)
        {
            EncodeBlock();
        }
    }

    private void EncodeBlock()
    {
        ReadOnlySpan<byte> frame = _encoder.Encode(_block.AsSpan(0, _filled));
        _data.Write(frame);
        _samples.Add(new AudioSample(_filled, frame.Length));
        _filled = 0;
    }
}
