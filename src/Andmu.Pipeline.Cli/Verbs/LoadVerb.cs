using System.CommandLine;
using System.Globalization;
using Andmu.Pipeline.Cli.Loading;
using Andmu.Pipeline.Cli.Logging;
using Andmu.Pipeline.Cli.Options;
using Andmu.Pipeline.Cli.Progress;
using Andmu.Pipeline.Cli.Pushing;
using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Verbs;

/// <summary><c>andmu load</c>: many cameras in one process, and what they cost.</summary>
internal sealed class LoadVerb
{
    private readonly LoadOptions _load = new();
    private readonly Option<string?> _json = new("--json") { Description = "Write the figures as JSON, too.", HelpName = "FILE" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show no progress: a line a second costs a little itself." };

    public static Command Create(Terminal terminal, CommonOptions common)
    {
        var options = new LoadVerb();
        var verb = new Command("load", "Sends from many cameras at once to a platform, and measures delay, cost and memory. Exit code 0: all were online, and nothing was lost.");
        options._load.AddTo(verb);
        verb.Options.Add(options._json);
        verb.Options.Add(options._quiet);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using StderrLoggerFactory loggers = common.CreateLoggers(parsed, terminal);
            return (int)await options.RunAsync(parsed, common, terminal, loggers, cancellationToken);
        });
        return verb;
    }

    private async Task<ExitCode> RunAsync(
        ParseResult parsed, CommonOptions common, Terminal terminal, StderrLoggerFactory loggers, CancellationToken cancellationToken)
    {
        LoadSettings settings = _load.Read(parsed, terminal);
        using StatisticsFile? json = parsed.GetValue(_json) is { } path ? StatisticsFile.Create(_json.Name, path) : null;
        IProgressView? view = parsed.GetValue(_quiet) ? null : ProgressView.For(terminal, terminal.Error, common.UsesColor(parsed, terminal));
        var run = new LoadRun(settings, terminal.TimeProvider, loggers.CreateLogger(typeof(UplinkSession).FullName!));
        LoadReport report = await run.RunAsync(view, cancellationToken);
        json?.Write(report, LoadReportJson.Default.LoadReport);
        await terminal.Out.WriteLineAsync(report.ToString());
        return Judge(report, settings.ToleratedLoss);
    }

    /// <param name="report">What the load has shown.</param>
    /// <param name="toleratedLoss">Of the pictures, in percent.</param>
    /// <exception cref="CliException">Not what was asked for; the message says why.</exception>
    internal static ExitCode Judge(LoadReport report, double toleratedLoss)
    {
        if (report.Online < report.Devices)
        {
            throw new CliException(
                ExitCode.Network, string.Create(CultureInfo.InvariantCulture, $"{report.Devices - report.Online} of {report.Devices} devices were not online all the time."));
        }

        long lost = report.Dropped + report.Unsent;
        double percent = lost * 100.0 / Math.Max(1, lost + report.Frames);
        return percent <= toleratedLoss
            ? ExitCode.Ok
            : throw new CliException(ExitCode.Failure, string.Create(CultureInfo.InvariantCulture, $"{lost} of {lost + report.Frames} pictures were lost, {percent:0.###} %."));
    }
}
