using System.Diagnostics.CodeAnalysis;
using Andmu.Hedgw;
using Andmu.Pipeline.Gateway.Hosting;
using Andmu.Pipeline.Gateway.Recording;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Audio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Andmu.Pipeline.Gateway.Tests.Support;

/// <summary>A recorder of one device without a network before it.</summary>
internal sealed class RecordingBench : IDisposable
{
    public const string DeviceId = "110234567894562";

    private readonly RecordingList _list = new();

    public RecordingBench(CreateRecordingFile? files = null)
    {
        var notices = new NoticeBoard(Time, NullLogger.Instance);
        notices.Posted += (_, notice) => Notices.Add(notice);
        var data = DataDirectory.Open(Directory.File("data"));
        Pool = new RecorderPool(
            new RecorderContext(files ?? new RecordingFiles(data).Create, notices, _list, Time), TimeSpan.FromSeconds(30));
    }

    public TemporaryDirectory Directory { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public List<GatewayNotice> Notices { get; } = [];

    public RecorderPool Pool { get; }

    public IReadOnlyList<RecordingInfo> Recordings => _list.Snapshot();

    public DevicePlan Plan { get; set; } = DevicePlan.Cloud;

    public void Add(EncodedClip clip, IEnumerable<TDMediaPackage> packages)
    {
        DeviceRecorder recorder = Pool.For(DeviceId, 0)!;
        DeviceLogin login = new("2059a074e0bc", "user", 0, clip.Codec == VideoCodec.H265 ? 2 : 1, 160, 96, 2, 8, 1);
        foreach (TDMediaPackage package in packages)
        {
            recorder.Add(package, Plan, login);
        }
    }

    public RecordingInfo FinishSingle()
    {
        Pool.Close();
        RecordingInfo recording = Assert.Single(Recordings);
        Assert.True(recording.IsFinished);
        Ffmpeg.AssertDecodesWithoutComplaint(recording.Path);
        return recording;
    }

    /// <summary>A-law packs of a sound, in step with a video of so many seconds.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Reads as a part of the bench.")]
    public IEnumerable<TDMediaPackage> Audio(byte[] aLaw, int packMs = 40, uint timeOffset = 0)
    {
        int size = packMs * 8;
        for (int i = 0; i * size < aLaw.Length; i++)
        {
            yield return EncodedClip.Package(
                1, 0, aLaw.AsSpan(i * size, Math.Min(size, aLaw.Length - (i * size))).ToArray(),
                unchecked(timeOffset + (uint)(i * packMs)), (uint)i);
        }
    }

    /// <summary>Video and audio in the order a device sends them: by time, where decode order allows.</summary>
    public static IEnumerable<TDMediaPackage> Interleave(IEnumerable<TDMediaPackage> video, IEnumerable<TDMediaPackage> audio)
    {
        using IEnumerator<TDMediaPackage> sound = audio.GetEnumerator();
        bool more = sound.MoveNext();
        foreach (TDMediaPackage package in video)
        {
            while (more && (int)(sound.Current.StartTime - package.StartTime) <= 0)
            {
                yield return sound.Current;
                more = sound.MoveNext();
            }

            yield return package;
        }

        while (more)
        {
            yield return sound.Current;
            more = sound.MoveNext();
        }
    }

    public static byte[] Sound(int samples, int seed = 7)
    {
        var random = new Random(seed);
        byte[] codes = new byte[samples];
        for (int i = 0; i < samples; i++)
        {
            codes[i] = ALaw.Encode((short)((Math.Sin(i * 0.2) * 12000) + random.Next(-800, 800)));
        }

        return codes;
    }

    public static byte[] Decode(byte[] aLaw)
    {
        byte[] pcm = new byte[aLaw.Length * 2];
        for (int i = 0; i < aLaw.Length; i++)
        {
            short sample = ALaw.Decode(aLaw[i]);
            pcm[2 * i] = (byte)sample;
            pcm[(2 * i) + 1] = (byte)(sample >> 8);
        }

        return pcm;
    }

    public byte[] DecodedAudio(string path)
    {
        string pcm = Directory.File("decoded.pcm");
        Ffmpeg.Run("-i", path, "-map", "0:a", "-f", "s16le", pcm);
        return File.ReadAllBytes(pcm);
    }

    public void Dispose()
    {
        Pool.Dispose();
        Directory.Dispose();
    }
}
