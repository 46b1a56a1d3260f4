using Andmu.Pipeline.Control.Reports;
using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>The vendor's own part of the statistics (specification 5.2.12, selfDefine): asked of the host, and left out if it is not what it should be.</summary>
internal static class SelfDefine
{
    public static string? Ask(Func<string?>? host, ILogger logger)
    {
        try
        {
            return Checked(host?.Invoke());
        }
#pragma warning disable CA1031 // the host's callback: whatever it throws means that there is none
        catch (Exception error)
#pragma warning restore CA1031
        {
            ServiceLog.SelfDefineLeftOut(logger, error);
            return null;
        }
    }

    /// <summary>Before the counts are put beside it: they are sent in any case.</summary>
    private static string? Checked(string? json) => new DeviceStatistics { Start = default, End = default, SelfDefined = json }.SelfDefined;
}
