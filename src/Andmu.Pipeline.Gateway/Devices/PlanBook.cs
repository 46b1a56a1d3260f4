using System.Collections.Concurrent;

namespace Andmu.Pipeline.Gateway.Devices;

/// <summary>The plan of each device: its own when it was given one, else everybody's. Safe for any thread.</summary>
internal sealed class PlanBook(DevicePlan everybody)
{
    private readonly ConcurrentDictionary<string, DevicePlan> _own = new(StringComparer.Ordinal);

    public DevicePlan PlanOf(string deviceId) => _own.GetValueOrDefault(deviceId, everybody);

    public void Set(string deviceId, DevicePlan plan) => _own[deviceId] = plan;
}
