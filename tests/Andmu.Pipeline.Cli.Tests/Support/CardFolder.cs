using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Media.ParameterSets;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>A directory with a journal of the clip: its 500 pictures and their sound, and an event, as a camera keeps them.</summary>
internal sealed class CardFolder : IDisposable
{
    public const ulong FirstTime = 1_767_323_045_000; // 2026-01-02T03:04:05Z
    public const int FrameMs = 40;

    private const int AudioBytes = 320; // 40 ms

    private readonly TemporaryFolder _folder = new();

    public CardFolder()
    {
        Directory.CreateDirectory(Root);
    }

    public string Root => _folder.PathOf("card");

    public string SegmentPath => Directory.GetFiles(Root, "*.MED").Order(StringComparer.Ordinal).First();

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Writes it all and closes the journal.</summary>
    public async Task WriteAsync(bool withAudio = true, bool twice = false)
    {
        await using SpoolJournal journal = Start();
        await AppendAsync(journal, withAudio, twice);
    }

    public SpoolJournal Start()
    {
        var journal = new SpoolJournal(Root, new SpoolOptions { FreeSpaceFloorBytes = 0, QueueBytes = 32 * 1024 * 1024 });
        journal.Start();
        return journal;
    }

    public static async Task AppendAsync(SpoolJournal journal, bool withAudio, bool twice)
    {
        byte[] audio = withAudio ? await File.ReadAllBytesAsync(Clip.Audio, TestContext.Current.CancellationToken) : [];
        uint frames = await AppendAsync(journal, VideoCodec.H264, Clip.Video, 0, audio, twice);
        Assert.Equal(Clip.Frames, (int)frames);
        Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(new SpoolEvent(1, 1, FirstTime + 7), "moved"u8, out _));
    }

    /// <summary>Appends the pictures of a raw stream, numbered from <paramref name="first"/>.</summary>
    /// <returns>The next picture's number.</returns>
    public static Task<uint> AppendAsync(SpoolJournal journal, VideoCodec codec, string video, uint first) =>
        AppendAsync(journal, codec, video, first, [], twice: false);

    private static async Task<uint> AppendAsync(SpoolJournal journal, VideoCodec codec, string video, uint first, byte[] audio, bool twice)
    {
        await using FileStream file = File.OpenRead(video);
        var reader = new ElementaryStreamReader(file, codec);
        var sets = new ParameterSetCache(codec);
        uint frame = first;
        for (; await reader.ReadAsync(TestContext.Current.CancellationToken); frame++)
        {
            bool isKeyFrame = AccessUnit.Inspect(codec, NalFraming.AnnexB, reader.AccessUnit.Span, sets).IsRandomAccess;
            ulong time = FirstTime + (frame * FrameMs);
            for (int i = 0; i < (twice ? 2 : 1); i++)
            {
                Append(journal, new SpoolMedia(2, isKeyFrame, frame * FrameMs, frame, time), reader.AccessUnit.Span);
            }

            if (audio.Length > 0)
            {
                Append(journal, new SpoolMedia(1, false, frame * FrameMs, frame, time), audio.AsSpan((int)frame * AudioBytes, AudioBytes));
            }
        }

        return frame;
    }

    /// <summary>Changes one byte of the first media segment.</summary>
    public void Flip(long offset)
    {
        using FileStream file = File.Open(SegmentPath, FileMode.Open);
        file.Position = offset;
        int value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 1));
    }

    /// <summary>Cuts the last media segment off.</summary>
    public void Cut(long bytes)
    {
        using FileStream file = File.Open(SegmentPath, FileMode.Open);
        file.SetLength(file.Length - bytes);
    }

    public void Dispose() => _folder.Dispose();

    private static void Append(SpoolJournal journal, in SpoolMedia media, ReadOnlySpan<byte> data) =>
        Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(media, data, out _));
}
