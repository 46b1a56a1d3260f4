using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.State;

/// <summary>Keeps the statistics of the day across restarts, beside what <see cref="StateStore"/> keeps. Without a folder it keeps nothing.</summary>
/// <remarks>Nothing here throws for what a disk does.</remarks>
internal sealed class StatisticsStore(string? directory, ILogger logger)
{
    private readonly StateFile<KeptStatistics>? _file = directory is null
        ? null
        : new StateFile<KeptStatistics>(Path.Combine(Path.GetFullPath(directory), "statistics.json"), StateJson.Statistics);

    /// <summary>What is kept; nothing counted when nothing is.</summary>
    public KeptStatistics Load()
    {
        try
        {
            KeptStatistics kept = _file?.Read() ?? KeptStatistics.None;
            return kept.IsUsable ? kept : throw new FormatException("A value is not one that can be counted.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            ServiceLog.StatisticsNotRead(logger, error.Message);
            return KeptStatistics.None;
        }
    }

    /// <summary>Keeps what was counted.</summary>
    public void Keep(KeptStatistics kept)
    {
        try
        {
            _file?.Write(kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ServiceLog.StatisticsNotWritten(logger, error.Message);
        }
    }
}
