using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>One of the calls that a registered device makes at every start.</summary>
/// <param name="Step">What has been done once it succeeded.</param>
/// <param name="Call">The call.</param>
internal sealed record PowerOnReport(DeviceStep Step, Func<OpenApiClient, CancellationToken, Task> Call);
