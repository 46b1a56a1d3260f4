using Andmu.Pipeline.Media;

namespace EndToEnd.Tests.Support;

/// <summary>A picture as the encoder gave it.</summary>
/// <param name="Data">One access unit, Annex B.</param>
/// <param name="Number">Its place in the order of presentation, from 0; it is shown at <c>Number / 25</c> s.</param>
/// <param name="IsKeyFrame">Decoding may start here.</param>
internal sealed record SourcePicture(byte[] Data, int Number, bool IsKeyFrame);

/// <summary>A camera's output of a minute or so whose every picture can be told from every other once it is decoded, with sound of the same kind.</summary>
internal sealed class SourceClip
{
    public const int FramesPerSecond = 25;

    public static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(1) / FramesPerSecond;

    private readonly Dictionary<string, int> _numbers;
    private readonly int[] _decodingOrder;
    private readonly long[] _bytesBefore; // of each picture, in decoding order, and of the end

    private SourceClip(VideoCodec codec, SourcePicture[] pictures, string[] hashes, byte[] sound, short[] samples)
    {
        Codec = codec;
        Pictures = pictures;
        Sound = sound;
        Samples = samples;
        _numbers = hashes.Index().ToDictionary(hash => hash.Item, hash => hash.Index); // throws if two pictures are the same: nothing could be proved with them
        _decodingOrder = [.. pictures.Index().OrderBy(picture => picture.Item.Number).Select(picture => picture.Index)];
        _bytesBefore = new long[pictures.Length + 1];
        for (int i = 0; i < pictures.Length; i++)
        {
            _bytesBefore[i + 1] = _bytesBefore[i] + pictures[i].Data.Length;
        }

        KeyFrames = pictures.Where(picture => picture.IsKeyFrame).Select(picture => picture.Number).ToHashSet();
        BytesPerSecond = (double)_bytesBefore[^1] / pictures.Length * FramesPerSecond;
    }

    public VideoCodec Codec { get; }

    /// <summary>In decoding order.</summary>
    public IReadOnlyList<SourcePicture> Pictures { get; }

    /// <summary>G.711 A-law, 8 kHz, as long as the video.</summary>
    public byte[] Sound { get; }

    /// <summary>The sound, decoded.</summary>
    public short[] Samples { get; }

    /// <summary>The numbers of the pictures at which decoding may start.</summary>
    public IReadOnlySet<int> KeyFrames { get; }

    /// <summary>Of the video alone, on average.</summary>
    public double BytesPerSecond { get; }

    public TimeSpan Duration => Pictures.Count * FrameTime;

    /// <summary>The number of the picture shown at <paramref name="time"/>.</summary>
    public static int NumberAt(TimeSpan time) => (int)(time / FrameTime);

    /// <summary>The last picture at which decoding may start and still show <paramref name="time"/>.</summary>
    public int KeyFrameAtOrBefore(TimeSpan time) => KeyFrames.Where(number => number * FrameTime <= time).Max();

    /// <summary>Which picture decodes to this hash.</summary>
    public int NumberOf(string hash) => _numbers.TryGetValue(hash, out int number)
        ? number
        : throw new Xunit.Sdk.XunitException("A decoded picture is none of the source's: it was put together from other references than the encoder's.");

    /// <summary>The most that any stretch of this length has, sound included.</summary>
    public double MostBytesIn(TimeSpan length)
    {
        int count = Math.Clamp(NumberAt(length) + 1, 1, Pictures.Count);
        long most = 0;
        for (int i = 0; i + count < _bytesBefore.Length; i++)
        {
            most = Math.Max(most, _bytesBefore[i + count] - _bytesBefore[i]);
        }

        return most + (count * (double)Clip.AudioPackBytes);
    }

    /// <summary>Where a picture stands in <see cref="Pictures"/>.</summary>
    public int DecodingIndexOf(int number) => _decodingOrder[number];

    /// <summary>Reads what ffmpeg has made.</summary>
    /// <param name="codec">Of all of it.</param>
    /// <param name="containers">MP4 files, to be shown one after the other: each a stretch with parameter sets of its own.</param>
    public static async Task<SourceClip> ReadAsync(VideoCodec codec, params string[] containers)
    {
        var pictures = new List<SourcePicture>();
        var hashes = new List<string>();
        foreach (string container in containers)
        {
            string stream = Path.ChangeExtension(container, codec == VideoCodec.H264 ? ".h264" : ".h265");
            TimeSpan[] times = await Ffmpeg.ExtractAsync(container, stream);
            string flags = await Ffmpeg.ProbeAsync(container, "v:0", "packet=flags");
            bool[] isKey = [.. flags.Split('\n').Select(line => line.StartsWith('K'))];
            List<byte[]> units = await Clip.PicturesOfAsync(stream, codec);
            Assert.Equal(times.Length, units.Count);
            int first = pictures.Count;
            pictures.AddRange(units.Select((data, i) => new SourcePicture(data, first + NumberAt(times[i] - times.Min() + (FrameTime / 2)), isKey[i])));
            hashes.AddRange(await Ffmpeg.PictureHashesAsync("-i", container));
        }

        string sound = Path.Combine(Path.GetDirectoryName(containers[0])!, "sound.alaw");
        int seconds = pictures.Count / FramesPerSecond;
        await Ffmpeg.MakeAsync(sound, $"aevalsrc=0.5*sin(2*PI*(200*t+12*t*t)):s=8000:d={seconds}", "-c:a", "pcm_alaw", "-f", "alaw"); // a sweep: no two moments are alike
        return new SourceClip(codec, [.. pictures], [.. hashes], await File.ReadAllBytesAsync(sound), await Ffmpeg.SamplesAsync("-f", "alaw", "-ar", "8000", "-ac", "1", "-i", sound));
    }
}
