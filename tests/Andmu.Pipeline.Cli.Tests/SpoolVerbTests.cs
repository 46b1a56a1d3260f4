using System.Text.Json;
using Andmu.Pipeline.Cli.Sources;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Media.Bitstream;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Cli.Tests;

/// <summary><c>andmu spool</c> on a card that a journal has written.</summary>
public sealed class SpoolVerbTests : IDisposable
{
    private const int Frames = 100;
    private const int H264SequenceParameterSet = 7;
    private const int H264PictureParameterSet = 8;

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Card => _folder.PathOf("card");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_Card_OneLineASegmentAndTheSum()
    {
        await WriteAsync();

        CommandRun run = await CommandRun.RunAsync("spool", "ls", Card);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(4, run.OutLines.Length); // header, media, events, total
        Assert.Contains("2026-01-31T08:30:00.000Z", run.OutLines[1], StringComparison.Ordinal);
        Assert.StartsWith("total", run.OutLines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Json_OneObjectALine()
    {
        await WriteAsync();

        CommandRun run = await CommandRun.RunAsync("spool", "ls", Card, "--json");

        JsonElement[] lines = [.. run.OutLines.Select(static line => JsonElement.Parse(line))];
        Assert.Equal(["media", "event"], lines.Take(2).Select(static line => line.GetProperty("lane").GetString()));
        Assert.True(lines[0].GetProperty("records").GetInt64() > Frames);
        Assert.Equal(1, lines[1].GetProperty("records").GetInt64());
        Assert.Equal(0, lines[2].GetProperty("damaged").GetInt64());
    }

    [Fact]
    public async Task Verify_Whole_IsOk()
    {
        await WriteAsync();

        CommandRun run = await CommandRun.RunAsync("spool", "verify", Card);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("everything is whole", run.OutLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OneBitFlipped_SaysWhereAndFails()
    {
        await WriteAsync();
        string segment = Assert.Single(Directory.GetFiles(Card, "*.MED"));
        byte[] bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        CommandRun run = await CommandRun.RunAsync("spool", "verify", Card);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains(run.OutLines, line => line.StartsWith($"{Path.GetFileName(segment)}: offset ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_TornTail_IsNoFailure()
    {
        await WriteAsync();
        string segment = Assert.Single(Directory.GetFiles(Card, "*.MED"));
        using (FileStream file = File.OpenWrite(segment))
        {
            file.SetLength(file.Length - 5000);
        }

        CommandRun run = await CommandRun.RunAsync("spool", "verify", Card);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains(run.OutLines, static line => line.Contains("torn tail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AndTheCard_NothingIsWritten()
    {
        await WriteAsync();
        (string, DateTime, long)[] before = Files();

        await CommandRun.RunAsync("spool", "verify", Card);
        await CommandRun.RunAsync("spool", "ls", Card);

        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("verify")]
    public async Task Open_NoJournalOrNoDirectory_IsUsage(string verb)
    {
        Directory.CreateDirectory(Card);

        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("spool", verb, Card)).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("spool", verb, _folder.PathOf("none"))).ExitCode);
    }

    [Fact]
    public async Task Export_Card_EveryFrameInAFilmThatPlays()
    {
        await WriteAsync();
        string film = _folder.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync("spool", "export", film, Card);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains($"{Frames} frames", run.Out, StringComparison.Ordinal);
        await Recording.DecodeAsync(film);
    }

    [Fact]
    public async Task Export_SomeOfTheTime_FromTheNextKeyFrame()
    {
        await WriteAsync();
        string film = _folder.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync("spool", "export", film, Card, "--from", "2026-01-31T08:30:01Z", "--to", "2026-01-31T08:30:03Z");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        await Recording.DecodeAsync(film);
        Assert.DoesNotContain($"{Frames} frames", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_FileIsThere_IsNotOverwrittenUnlessForced()
    {
        await WriteAsync();
        string film = _folder.Write("film.mp4", [1, 2, 3]);

        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("spool", "export", film, Card)).ExitCode);
        Assert.Equal(3, new FileInfo(film).Length);
        Assert.Equal(ExitCode.Ok, (await CommandRun.RunAsync("spool", "export", film, Card, "--force")).ExitCode);
        await Recording.DecodeAsync(film);
    }

    private static bool IsSet(ReadOnlySpan<byte> nalUnit) => (nalUnit[0] & 0x1F) is H264SequenceParameterSet or H264PictureParameterSet;

    private (string, DateTime, long)[] Files() =>
        [.. new DirectoryInfo(Card).GetFiles().OrderBy(static file => file.Name, StringComparer.Ordinal).Select(static file => (file.Name, file.LastWriteTimeUtc, file.Length))];

    /// <summary>Four seconds of the clip and an event, as an uplink keeps them.</summary>
    private async Task WriteAsync()
    {
        await using var journal = new SpoolJournal(Card);
        journal.Start();
        using VideoFile clip = await VideoFile.OpenAsync(Clip.Video, VideoCodec.H264, 1, TestContext.Current.CancellationToken);
        for (uint number = 0; number < Frames && await clip.ReadAsync(TestContext.Current.CancellationToken); number++)
        {
            Append(journal, clip.AccessUnit.Span, number);
        }

        journal.TryAppend(new SpoolEvent(1, 1, (ulong)Start.ToUnixTimeMilliseconds()), default, out _);
    }

    private static void Append(SpoolJournal journal, ReadOnlySpan<byte> accessUnit, uint number)
    {
        var sets = new List<byte>();
        var picture = new List<byte>();
        var reader = new AnnexBReader(accessUnit);
        bool isKeyFrame = false;
        while (reader.TryRead(out ReadOnlySpan<byte> nalUnit))
        {
            List<byte> to = IsSet(nalUnit) ? sets : picture;
            isKeyFrame |= IsSet(nalUnit);
            to.AddRange([0, 0, 0, 1]);
            to.AddRange(nalUnit);
        }

        uint startTime = number * 40;
        ulong time = (ulong)Start.ToUnixTimeMilliseconds() + startTime;
        if (sets.Count > 0)
        {
            Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(new SpoolMedia(3, true, startTime, number, time), sets.ToArray(), out _));
        }

        Assert.Equal(SpoolAppendResult.Accepted, journal.TryAppend(new SpoolMedia(2, isKeyFrame, startTime, number, time), picture.ToArray(), out _));
    }
}
