using System.Globalization;
using Andmu.Pipeline.Cli.Progress;
using Andmu.Pipeline.Session;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Cli.Loading;

/// <summary>One load: bring all devices online, let them send, measure once all of them do, say what it has shown.</summary>
internal sealed class LoadRun(LoadSettings settings, TimeProvider time, ILogger logger)
{
    private const int StreamSeed = 7; // any; the same stream each time

    /// <summary>Runs it.</summary>
    /// <param name="view">Shows how it gets on; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early: all connections are closed in order, and there is no report.</param>
    public async Task<LoadReport> RunAsync(IProgressView? view, CancellationToken cancellationToken)
    {
        var stream = new SyntheticStream(settings.FramesPerSecond, settings.KilobitsPerSecond, new Random(StreamSeed));
        using var delays = new SendDelayHistogram();
        long baseline = Environment.WorkingSet;
        await using var fleet = new LoadFleet(settings, stream, time, logger);
        Task<LoadReport> work = MeasureAsync(fleet, stream, delays, baseline, cancellationToken);
        return view is null ? await work : await view.ShowAsync(new ProgressBoard(new LoadProgress(fleet, time)), work);
    }

    private async Task<LoadReport> MeasureAsync(
        LoadFleet fleet, SyntheticStream stream, SendDelayHistogram delays, long baseline, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        if (!await fleet.ConnectAsync(settings.ConnectLimit, cancellationToken) && fleet.Online == 0)
        {
            throw NobodyOnline(fleet);
        }

        double connect = time.GetElapsedTime(start).TotalSeconds;
        int online = fleet.Online;
        var pacer = new LoadPacer(fleet.Devices, settings.FramesPerSecond, stream.GopLength, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task pacing = pacer.RunAsync(stop.Token);
        LoadReading begin;
        LoadReading end;
        LoadMemory memory;
        try
        {
            await Task.Delay(pacer.RampUp, time, cancellationToken);
            pacer.Forget();
            delays.SetMeasuring(true);
            begin = LoadReading.Of(fleet.Devices, time);
            await Task.Delay(settings.Duration, time, cancellationToken);
            end = LoadReading.Of(fleet.Devices, time);
            delays.SetMeasuring(false);
            memory = LoadMemory.Of(fleet.Devices, baseline);
        }
        finally
        {
            await stop.CancelAsync();
            await pacing;
        }

        online = Math.Min(online, fleet.Online);
        long unsent = await fleet.DeliverAsync(cancellationToken);
        return Report(fleet, begin, end, memory) with
        {
            Online = online,
            ConnectSeconds = LoadReport.Rounded(connect),
            Unsent = unsent,
            SendDelay = delays.Read(),
            EncoderLateMilliseconds = LoadReport.Rounded(pacer.LatestMs),
        };
    }

    private LoadReport Report(LoadFleet fleet, in LoadReading begin, in LoadReading end, in LoadMemory memory)
    {
        double seconds = time.GetElapsedTime(begin.Timestamp, end.Timestamp).TotalSeconds;
        return new LoadReport
        {
            Devices = settings.Devices,
            Online = 0,
            ConnectSeconds = 0,
            WallSeconds = LoadReport.Rounded(seconds),
            Frames = end.Sent - begin.Sent,
            MegabitsPerSecond = LoadReport.Rounded((end.Bytes - begin.Bytes) * 8 / 1e6 / seconds),
            Dropped = fleet.Devices.Sum(static device => device.Drops.Total.Packages),
            GopsDropped = fleet.Devices.Sum(static device => device.Drops.Total.Gops),
            DroppedByReason = LoadReport.ByReason(fleet.Devices),
            Unsent = 0,
            Reconnects = fleet.Devices.Sum(static device => device.Statistics.Reconnects),
            SendDelay = default,
            EncoderLateMilliseconds = 0,
            CpuSeconds = LoadReport.Rounded((end.Cpu - begin.Cpu).TotalSeconds),
            AllocatedBytes = end.Allocated - begin.Allocated,
            ResidentKilobytes = memory.ResidentBytes / 1024,
            BaselineKilobytes = memory.BaselineBytes / 1024,
            ManagedKilobytes = memory.ManagedBytes / 1024,
            BuffersKilobytes = memory.BufferBytes / 1024,
            Threads = memory.Threads,
        };
    }

    private CliException NobodyOnline(LoadFleet fleet)
    {
        UplinkFault? fault = fleet.Devices.Select(static device => device.LastFault).FirstOrDefault(static fault => fault is not null);
        return fault is null
            ? new CliException(
                ExitCode.Network, string.Create(CultureInfo.InvariantCulture, $"no device came online within {settings.ConnectLimit.TotalSeconds:0.###} s."))
            : new CliException(ErrorReport.ExitCodeOf(fault.Kind), fault.Message);
    }
}
