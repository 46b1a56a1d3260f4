using System.Globalization;
using Andmu.Pipeline.Cli.Camera;
using Andmu.Pipeline.Cli.Feeding;
using Andmu.Pipeline.Cli.Measuring;
using Andmu.Pipeline.Cli.Progress;
using Andmu.Pipeline.Cli.Uplinks;
using Andmu.Pipeline.Session;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Cli.Pushing;

/// <summary>One push, once logged in: play, wait until everything is delivered, say what became of it.</summary>
internal sealed class PushRun(FeedInput input, ICameraUplink uplink, MemoryCard card, TimeSpan drain, Terminal terminal, bool color)
{
    private readonly TimeProvider _time = terminal.TimeProvider;
    private volatile bool _isDelivered;

    public async Task<ExitCode> RunAsync(StatisticsFile? stats, CancellationToken cancellationToken)
    {
        var feed = new CameraFeed(input, uplink, _time);
        var meter = new SendingMeter(uplink, _time);
        feed.Fed += () => meter.OnProgress(input.Video.Progress);
        feed.Fed += () => card.Record(input.Video.AccessUnit.Length);
        uplink.ClipFinished += OnClipFinished;
        var board = new ProgressBoard(new ProgressMeter(feed.Counters, uplink, _time));
        UplinkStatistics left;
        UplinkFault? fault;
        meter.Begin();
        try
        {
            IProgressView view = ProgressView.For(terminal, terminal.Error, color);
            _isDelivered = await view.ShowAsync(board, SendAsync(feed, cancellationToken));
        }
        finally
        {
            SendingCost cost = meter.End();
            left = uplink.Statistics;
            fault = uplink.Completion.IsCompleted ? await uplink.Completion : null;
            await uplink.StopAsync(); // a clip that is still open ends with it, and counts
            var report = new PushReport(feed.Counters, uplink.Statistics, uplink.Drops, cost);
            stats?.Write(report, ReportJson.Default.PushReport);
            await terminal.Out.WriteLineAsync(report.ToString());
        }

        await RemarkAsync(feed, left);
        return _isDelivered ? ExitCode.Ok : throw Explain(left, fault);
    }

    private void OnClipFinished(EventClipReport clip) => terminal.Error.WriteLine(ClipLine.Of(clip, _isDelivered));

    private async Task RemarkAsync(CameraFeed feed, UplinkStatistics statistics)
    {
        if (feed.EventsNotReached > 0)
        {
            await terminal.Error.WriteLineAsync($"andmu: {feed.EventsNotReached} events of --event-at lie behind the end of the input.");
        }

        if (_isDelivered && statistics is { Sent.Packages: 0, Captured.Packages: > 0 })
        {
            string why = uplink.Plan == DevicePlan.Event
                ? "the device's plan asks for media only when something happens or somebody watches, and neither was so (--event-at makes an event)"
                : "the device's plan asks for media only while somebody watches, and nobody did";
            await terminal.Error.WriteLineAsync($"andmu: nothing was sent: {why}.");
        }
    }

    private async Task<bool> SendAsync(CameraFeed feed, CancellationToken cancellationToken)
    {
        if (!await FeedAsync(feed, cancellationToken))
        {
            return false;
        }

        using var limit = new CancellationTokenSource(drain, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await uplink.DrainAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>An uplink that has ended takes nothing any more: then the feed ends with it.</summary>
    private async Task<bool> FeedAsync(CameraFeed feed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task feeding = feed.RunAsync(either.Token);
        await Task.WhenAny(feeding, uplink.Completion);
        if (feeding.IsCompleted)
        {
            await feeding;
            return true;
        }

        await either.CancelAsync();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return false;
    }

    private CliException Explain(UplinkStatistics left, UplinkFault? fault)
    {
        if (fault is not null)
        {
            return new CliException(ErrorReport.ExitCodeOf(fault.Kind), fault.Message);
        }

        string what = left.Fill.UnsentEntries > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{left.Fill.UnsentEntries} packages, {left.Fill.UnsentMs} ms of media, were not sent")
            : "the platform has not confirmed what was sent last";
        return new CliException(
            ExitCode.Network, string.Create(CultureInfo.InvariantCulture, $"not everything was delivered within --drain {drain.TotalSeconds:0.###} s: {what}."));
    }
}
