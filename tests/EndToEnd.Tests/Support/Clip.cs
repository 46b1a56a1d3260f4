using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;

namespace EndToEnd.Tests.Support;

/// <summary>The clip of the repository, cut into access units: what a camera's encoder would hand over.</summary>
internal sealed class Clip
{
    public const double FramesPerSecond = 25;
    public const int AudioPackBytes = 320; // 40 ms of 8 kHz A-law (specification 5.2.3: 20 or 40 ms)

    private readonly TimeSpan[]? _times;

    private Clip(IReadOnlyList<byte[]> pictures, byte[] sound, TimeSpan[]? times = null)
    {
        Pictures = pictures;
        Sound = sound;
        _times = times;
    }

    public static string VideoPath { get; } = Repository.PathOf("src", "Andmu.Pipeline.Cli", "Clip", "clip.h264");

    public static string SoundPath { get; } = Repository.PathOf("src", "Andmu.Pipeline.Cli", "Clip", "clip.alaw");

    public IReadOnlyList<byte[]> Pictures { get; }

    public byte[] Sound { get; }

    /// <summary>All that the clip holds in the order of time: a picture and 40 ms of sound in turn.</summary>
    public IEnumerable<(bool IsVideo, byte[] Data, TimeSpan Time)> Units()
    {
        for (int i = 0; i < Pictures.Count; i++)
        {
            TimeSpan time = _times?[i] ?? TimeSpan.FromSeconds(i / FramesPerSecond);
            yield return (true, Pictures[i], time);
            if ((i + 1) * AudioPackBytes <= Sound.Length)
            {
                yield return (false, Sound[(i * AudioPackBytes)..((i + 1) * AudioPackBytes)], time);
            }
        }
    }

    public static async Task<Clip> ReadAsync() => new(await PicturesOfAsync(VideoPath, VideoCodec.H264), await File.ReadAllBytesAsync(SoundPath));

    /// <summary>An elementary stream as a clip without sound.</summary>
    public static async Task<Clip> ReadAsync(string file, VideoCodec codec, TimeSpan[] times) => new(await PicturesOfAsync(file, codec), [], times);

    /// <summary>The access units of an elementary stream.</summary>
    public static async Task<List<byte[]>> PicturesOfAsync(string path, VideoCodec codec)
    {
        await using FileStream file = File.OpenRead(path);
        var reader = new ElementaryStreamReader(file, codec);
        var pictures = new List<byte[]>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            pictures.Add(reader.AccessUnit.ToArray());
        }

        return pictures;
    }
}
