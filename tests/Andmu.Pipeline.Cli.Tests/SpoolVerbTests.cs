using System.Text.Json;
using Andmu.Pipeline.Cli.Tests.Support;
using Andmu.Pipeline.Media;
using Andmu.Pipeline.Spool;

namespace Andmu.Pipeline.Cli.Tests;

public sealed class SpoolVerbTests : IDisposable
{
    private readonly CardFolder _card = new();

    [Fact]
    public async Task List_Whole_ALineASegmentAndTheTotal()
    {
        await _card.WriteAsync();
        Dictionary<string, byte[]> before = Content();

        CommandRun run = await CommandRun.RunAsync("spool", "ls", _card.Root);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(4, run.OutLines.Length);
        Assert.Matches(@"^\w{8}\.MED +1000 +1-1000 +\d+  2026-01-02T03:04:05\.000Z  2026-01-02T03:04:24\.960Z +0  -$", run.OutLines[1]);
        Assert.Matches(@"^\w{8}\.EVT +1 +1-1 +\d+  2026-01-02T03:04:05\.007Z .* 0  -$", run.OutLines[2]);
        Assert.Matches(@"^total +1001 +\d+  2026-01-02T03:04:05\.000Z  2026-01-02T03:04:24\.960Z +0$", run.OutLines[3]);
        Assert.Equal(before, Content());
    }

    [Fact]
    public async Task List_Json_OneObjectALine()
    {
        await _card.WriteAsync();

        CommandRun run = await CommandRun.RunAsync("spool", "ls", _card.Root, "--json");

        JsonElement[] lines = [.. run.OutLines.Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["media", "event"], lines.Take(2).Select(static line => line.GetProperty("lane").GetString()));
        Assert.Equal([1000, 1, 1001], lines.Select(static line => line.GetProperty("records").GetInt64()));
        Assert.Equal("2026-01-02T03:04:05.000Z", lines[0].GetProperty("first").GetString());
        Assert.Equal("total", lines[2].GetProperty("segment").GetString());
    }

    [Fact]
    public async Task List_DeliveredInPart_SaysThroughWhich()
    {
        await _card.WriteAsync();
        var progressed = new SemaphoreSlim(0);
        await using (SpoolJournal journal = _card.Start())
        {
            journal.Progressed += () => progressed.Release();
            for (int read = 0; read < 400;)
            {
                if (journal.Media.TryRead(out SpoolRecord record))
                {
                    read++;
                    journal.Media.Confirm(record.Position);
                }
                else
                {
                    Assert.True(await progressed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "nothing happens");
                }
            }
        }

        CommandRun run = await CommandRun.RunAsync("spool", "ls", _card.Root);

        Assert.EndsWith("0  through 400", run.OutLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_CardInUse_ReadWhatIsThere()
    {
        await using SpoolJournal journal = _card.Start();
        await CardFolder.AppendAsync(journal, withAudio: false, twice: false);
        await KeptAsync(journal, Clip.Frames);

        CommandRun list = await CommandRun.RunAsync("spool", "ls", _card.Root);
        CommandRun verify = await CommandRun.RunAsync("spool", "verify", _card.Root);

        Assert.Matches(@"\.MED +500 +1-500 ", list.OutLines[1]);
        Assert.Equal((ExitCode.Ok, ""), (verify.ExitCode, verify.Error));
        Assert.Equal(Clip.Frames, journal.KeptThrough(SpoolLane.Media));
    }

    [Fact]
    public async Task Verify_Whole_OneLineAndCode0()
    {
        await _card.WriteAsync();

        CommandRun run = await CommandRun.RunAsync("spool", "verify", _card.Root);

        Assert.Equal(new CommandRun(ExitCode.Ok, "1001 whole records in 2 segments; everything is whole\n", ""), run);
    }

    [Fact]
    public async Task Verify_BitFlipped_FileOffsetAndCode1()
    {
        await _card.WriteAsync();
        _card.Flip(4096 + 100); // in the payload of the first record

        CommandRun run = await CommandRun.RunAsync("spool", "verify", _card.Root);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Matches($@"^{Path.GetFileName(_card.SegmentPath)}: offset 4096, \d+ bytes: no whole record$", run.OutLines[0]);
        Assert.Equal("1000 whole records in 2 segments; damaged places: 1", run.OutLines[1]);
    }

    [Fact]
    public async Task Verify_HeaderFlipped_IsTold()
    {
        await _card.WriteAsync();
        _card.Flip(17);

        CommandRun run = await CommandRun.RunAsync("spool", "verify", _card.Root);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("offset 0, 4096 bytes: the segment's header is damaged", run.OutLines[0], StringComparison.Ordinal);
        Assert.Equal("1001 whole records in 2 segments; damaged places: 1", run.OutLines[1]);
    }

    [Fact]
    public async Task Verify_TornTail_IsToldAndNoFailure()
    {
        await _card.WriteAsync(withAudio: false);
        _card.Cut(4096 + 10); // padding is shorter than a block: the last picture is cut

        CommandRun run = await CommandRun.RunAsync("spool", "verify", _card.Root);
        CommandRun list = await CommandRun.RunAsync("spool", "ls", _card.Root);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("torn tail", run.OutLines[0], StringComparison.Ordinal);
        Assert.EndsWith("everything is whole", run.OutLines[1], StringComparison.Ordinal);
        Assert.Contains(" 0+tail", list.OutLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_VolumeGone_IsTold()
    {
        await _card.WriteAsync();
        File.Delete(Path.Combine(_card.Root, "VOLUME.ID"));

        CommandRun run = await CommandRun.RunAsync("spool", "verify", _card.Root);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.StartsWith("VOLUME.ID: offset 0", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("ls")]
    public async Task Verbs_CtrlC_Stop(string verb)
    {
        await _card.WriteAsync(withAudio: false);
        using var terminal = new WatchedTerminal();
        terminal.PressCtrlC();

        CommandRun run = await terminal.RunAsync("spool", verb, _card.Root);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("stopped before the end", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("verify")]
    public async Task Verbs_NoJournal_OneLineAndCode2(string verb)
    {
        await AssertRefusedAsync("no directory", "spool", verb, _card.PathOf("nowhere"));
        await AssertRefusedAsync("no journal", "spool", verb, _card.Root);
        await File.WriteAllTextAsync(Path.Combine(_card.Root, "holiday.jpg"), "no segment", TestContext.Current.CancellationToken);
        await AssertRefusedAsync("no journal", "spool", verb, _card.Root);
        Assert.Equal(["holiday.jpg"], Directory.GetFiles(_card.Root).Select(Path.GetFileName));
        Assert.False(Directory.Exists(_card.PathOf("nowhere")));
    }

    [Fact]
    public async Task Export_TwiceOnTheCard_EveryFrameOnceAndItDecodes()
    {
        await _card.WriteAsync(twice: true);
        string film = _card.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync("spool", "export", film, _card.Root);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"film\.mp4: 500 frames, 20\.0 s, H264 \d+x\d+, with sound$", Assert.Single(run.OutLines));
        string[] streams = await Recording.StreamsAsync(film);
        Assert.Equal(("h264", "500"), (streams[0].Split(',')[0], streams[0].Split(',')[2]));
        Assert.StartsWith("flac", streams[1], StringComparison.Ordinal);
        await Recording.DecodeAsync(film);
    }

    [Fact]
    public async Task Export_Damaged_WhatCannotBeDecodedIsLeftOut()
    {
        await _card.WriteAsync(withAudio: false);
        _card.Flip(new FileInfo(_card.SegmentPath).Length / 2);
        string film = _card.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync("spool", "export", film, _card.Root, "--no-audio");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("damaged places: 1", run.Error, StringComparison.Ordinal);
        string[] streams = await Recording.StreamsAsync(film);
        Assert.InRange(int.Parse(Assert.Single(streams).Split(',')[2], System.Globalization.CultureInfo.InvariantCulture), 400, 499);
        await Recording.DecodeAsync(film);
    }

    [Fact]
    public async Task Export_FromTo_ThatTimeAlone()
    {
        await _card.WriteAsync();
        string film = _card.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync(
            "spool", "export", film, _card.Root, "--from", "2026-01-02T03:04:10Z", "--to", "2026-01-02T03:04:15Z");

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.InRange(await Recording.SecondsAsync(film), 1, 5.1);
        await Recording.DecodeAsync(film);
    }

    [Fact]
    public async Task Export_H265_EveryFrameAndItDecodes()
    {
        await WriteStreamsAsync((VideoCodec.H265, "160x120", 4));
        string film = _card.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync("spool", "export", film, _card.Root);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("film.mp4: 100 frames, 4.0 s, H265 160x120", Assert.Single(run.OutLines), StringComparison.Ordinal);
        Assert.StartsWith("hevc", Assert.Single(await Recording.StreamsAsync(film)), StringComparison.Ordinal);
        await Recording.DecodeAsync(film);
    }

    [Fact]
    public async Task Export_ResolutionAndCodecChange_AFileEach()
    {
        await WriteStreamsAsync((VideoCodec.H264, "160x120", 2), (VideoCodec.H264, "320x180", 3), (VideoCodec.H265, "160x120", 4));

        CommandRun run = await CommandRun.RunAsync("spool", "export", _card.PathOf("film.mp4"), _card.Root);

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ["film.mp4: 50 frames, 2.0 s, H264 160x120", "film-2.mp4: 75 frames, 3.0 s, H264 320x180", "film-3.mp4: 100 frames, 4.0 s, H265 160x120"],
            run.OutLines.Select(static line => line[(line.LastIndexOf('/') + 1)..]));
        Assert.Equal(["film-2.mp4", "film-3.mp4", "film.mp4"], Films());
        foreach (string film in Films())
        {
            await Recording.DecodeAsync(_card.PathOf(film));
        }
    }

    [Fact]
    public async Task Export_SecondFileIsThere_IsLeftAloneAndTheFirstIsWhole()
    {
        await WriteStreamsAsync((VideoCodec.H264, "160x120", 2), (VideoCodec.H264, "320x180", 3));
        await File.WriteAllTextAsync(_card.PathOf("film-2.mp4"), "mine", TestContext.Current.CancellationToken);

        await AssertRefusedAsync("film-2.mp4' is there already", "spool", "export", _card.PathOf("film.mp4"), _card.Root);

        Assert.Equal("mine", await File.ReadAllTextAsync(_card.PathOf("film-2.mp4"), TestContext.Current.CancellationToken));
        Assert.Equal(["film-2.mp4", "film.mp4"], Films());
        await Recording.DecodeAsync(_card.PathOf("film.mp4"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_CtrlCInTheMiddle_NothingLooksFinished(bool isThere)
    {
        await _card.WriteAsync(withAudio: false);
        string film = _card.PathOf("film.mp4");
        if (isThere)
        {
            await File.WriteAllTextAsync(film, "mine", TestContext.Current.CancellationToken);
        }

        var clock = new CountingClock();
        using var terminal = new WatchedTerminal { IsInteractive = true, TimeProvider = clock };
        bool wasOpen = false;
        clock.At(300, () =>
        {
            wasOpen = new FileInfo($"{film}.part").Length > 0;
            terminal.PressCtrlC();
        });

        CommandRun run = await terminal.RunAsync("spool", "export", film, _card.Root, "--force");

        Assert.True(wasOpen);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal("andmu: stopped before the end.", Assert.Single(run.ErrorLines));
        Assert.Equal(isThere ? ["film.mp4"] : [], Films());
        Assert.True(!isThere || await File.ReadAllTextAsync(film, TestContext.Current.CancellationToken) == "mine");
    }

    [Fact]
    public async Task Export_NothingInThatTime_OneLineAndNoFile()
    {
        await _card.WriteAsync(withAudio: false);
        string film = _card.PathOf("film.mp4");

        CommandRun run = await CommandRun.RunAsync("spool", "export", film, _card.Root, "--from", "2027-01-01");

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("No file was written", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(film));
    }

    [Fact]
    public async Task Export_FileIsThere_OnlyWithForce()
    {
        await _card.WriteAsync(withAudio: false);
        string film = _card.PathOf("film.mp4");
        await File.WriteAllTextAsync(film, "mine", TestContext.Current.CancellationToken);

        await AssertRefusedAsync("--force", "spool", "export", film, _card.Root);
        Assert.Equal("mine", await File.ReadAllTextAsync(film, TestContext.Current.CancellationToken));
        CommandRun forced = await CommandRun.RunAsync("spool", "export", film, _card.Root, "--force");

        Assert.Equal(ExitCode.Ok, forced.ExitCode);
        await Recording.DecodeAsync(film);
    }

    [Fact]
    public async Task Export_Mistakes_OneLineAndCode2()
    {
        await _card.WriteAsync(withAudio: false);
        string film = _card.PathOf("film.mp4");

        await AssertRefusedAsync(".mp4", "spool", "export", _card.PathOf("film.avi"), _card.Root);
        await AssertRefusedAsync("to the card", "spool", "export", Path.Combine(_card.Root, "film.mp4"), _card.Root);
        await AssertRefusedAsync("no directory", "spool", "export", _card.PathOf("nowhere/film.mp4"), _card.Root);
        await AssertRefusedAsync("use a time", "spool", "export", film, _card.Root, "--from", "soon");
        await AssertRefusedAsync("before --from", "spool", "export", film, _card.Root, "--from", "2026-01-02", "--to", "2026-01-01");
    }

    public void Dispose() => _card.Dispose();

    private static async Task AssertRefusedAsync(string says, params string[] args)
    {
        CommandRun run = await CommandRun.RunAsync(args);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(says, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task KeptAsync(SpoolJournal journal, long through)
    {
        var progressed = new SemaphoreSlim(0); // not disposed: the journal's thread may be about to signal it
        journal.Progressed += () => progressed.Release();
        while (journal.KeptThrough(SpoolLane.Media) < through || journal.KeptThrough(SpoolLane.Event) < 1)
        {
            Assert.True(await progressed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "nothing happens");
        }
    }

    /// <summary>Streams of test pictures, one after the other, on the card.</summary>
    private async Task WriteStreamsAsync(params (VideoCodec Codec, string Size, int Seconds)[] streams)
    {
        await using SpoolJournal journal = _card.Start();
        uint frame = 0;
        foreach ((VideoCodec codec, string size, int seconds) in streams)
        {
            string stream = _card.PathOf(codec == VideoCodec.H264 ? "stream.h264" : "stream.h265");
            await Recording.MakeAsync(stream, codec == VideoCodec.H264 ? "libx264" : "libx265", size, seconds);
            frame = await CardFolder.AppendAsync(journal, codec, stream, frame);
        }
    }

    /// <summary>What lies beside the card under the film's name.</summary>
    private IEnumerable<string> Films() =>
        Directory.GetFiles(Path.GetDirectoryName(_card.Root)!, "film*").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private Dictionary<string, byte[]> Content() => Directory.GetFiles(_card.Root).ToDictionary(static path => path, File.ReadAllBytes);
}
