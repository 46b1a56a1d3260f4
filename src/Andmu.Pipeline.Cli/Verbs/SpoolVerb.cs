using System.CommandLine;
using System.Globalization;
using Andmu.Pipeline.Cli.Spooling;
using Andmu.Pipeline.Gateway;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu spool</c>: what is on an SD card that a journal has written. Nothing is written to it.</summary>
internal static class SpoolVerb
{
    public static Command Create(Terminal terminal) => new(
        "spool", "Looks at the journal of an SD card: lists it, checks it, makes a film of it. Writes nothing to the card, which a device may be using.")
    {
        CreateList(terminal),
        CreateVerify(terminal),
        CreateExport(terminal),
    };

    private static Argument<string> CardArgument() => new("DIR") { Description = "The journal's directory, such as a card's mount point." };

    private static Command CreateList(Terminal terminal)
    {
        Argument<string> card = CardArgument();
        var json = new Option<bool>("--json") { Description = "JSON, an object a line." };
        var verb = new Command(
            "ls",
            "Lists the segments, media then events, oldest first: whole records and their numbers, bytes, first and last ipcam_time (UTC), damaged places (+tail: and a torn tail), and through which number all has been delivered. Reads the whole card.")
        {
            card, json,
        };
        verb.SetAction((parsed, cancellationToken) => Task.FromResult((int)Run(terminal, parsed.GetRequiredValue(card), (directory, progress) =>
        {
            SpoolListing.Write(directory, progress, parsed.GetValue(json), cancellationToken);
            return ExitCode.Ok;
        })));
        return verb;
    }

    private static Command CreateVerify(Terminal terminal)
    {
        Argument<string> card = CardArgument();
        var verb = new Command(
            "verify",
            "Checks every record and prints each fault with file and offset. Exit code 0: everything is whole, but for torn tails, which are normal after a power cut; 1: something is damaged; 2: there is no such journal.")
        {
            card,
        };
        verb.SetAction((parsed, cancellationToken) => Task.FromResult((int)Run(terminal, parsed.GetRequiredValue(card), (directory, progress) =>
            new SpoolVerification(directory, progress).Run(cancellationToken) ? ExitCode.Ok : ExitCode.Failure)));
        return verb;
    }

    private static Command CreateExport(Terminal terminal)
    {
        var file = new Argument<string>("FILE.mp4")
        {
            Description = "The film: fragmented MP4. Where the stream changes or pauses for 10 s (event clips: 3 s) another begins: FILE-2.mp4 and so on. A file gets its name when it is whole.",
        };
        Argument<string> card = CardArgument();
        var from = new Option<DateTimeOffset?>("--from")
        {
            Description = "Starts with the first key frame at or after this ipcam_time, such as 2026-01-31T08:30:00Z.",
            HelpName = "TIME",
            CustomParser = SpoolTime.Parse,
        };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Nothing after this ipcam_time.", HelpName = "TIME", CustomParser = SpoolTime.Parse };
        var noAudio = new Option<bool>("--no-audio") { Description = "Video alone: for a device whose audio is not A-law, 8 kHz." };
        var force = new Option<bool>("--force") { Description = "Overwrites files that are there." };
        var verb = new Command(
            "export", "Writes the media to a film, H.264 or H.265 and A-law: what is whole, each package once. What cannot be decoded after a gap is left out.")
        {
            file, card, from, to, noAudio, force,
        };
        verb.SetAction((parsed, cancellationToken) => Task.FromResult((int)Run(terminal, parsed.GetRequiredValue(card), (directory, progress) =>
        {
            using var files = new ExportFiles(parsed.GetRequiredValue(file), parsed.GetRequiredValue(card), parsed.GetValue(force));
            ExportRange range = ExportRange.Between(parsed.GetValue(from), parsed.GetValue(to));
            using var export = new SpoolExport(directory, range, files, !parsed.GetValue(noAudio), progress);
            return Export(export, terminal, progress, cancellationToken);
        })));
        return verb;
    }

    private static ExitCode Export(SpoolExport export, Terminal terminal, ScanProgress progress, CancellationToken cancellationToken)
    {
        export.Problem += problem => terminal.Error.WriteLine($"andmu: {problem}");
        IReadOnlyList<RecordingInfo> recordings = export.Run(cancellationToken);
        foreach (RecordingInfo recording in recordings)
        {
            string audio = recording.HasAudio ? ", with sound" : "";
            progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{recording.Path}: {recording.Frames} frames, {recording.Duration.TotalSeconds:0.0} s, {recording.Codec} {recording.Width}x{recording.Height}{audio}"));
        }

        if (export.DamagedPlaces > 0)
        {
            terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"andmu: damaged places: {export.DamagedPlaces}; what was there is missing. 'andmu spool verify' says where."));
        }

        return recordings.Count > 0
            ? ExitCode.Ok
            : throw new CliException(ExitCode.Failure, "No file was written: there is no key frame with parameter sets in that time.");
    }

    private static ExitCode Run(Terminal terminal, string path, Func<SpoolDirectory, ScanProgress, ExitCode> work)
    {
        SpoolDirectory directory = SpoolDirectory.Open(path);
        var progress = new ScanProgress(terminal, directory.Segments);
        try
        {
            return work(directory, progress);
        }
        finally
        {
            progress.Clear();
        }
    }
}
