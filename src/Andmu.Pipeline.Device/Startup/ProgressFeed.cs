using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Startup;

/// <summary>Tells the host and the log of every step. Thread-safe.</summary>
internal sealed class ProgressFeed(ILogger logger)
{
    public event Action<DeviceProgress>? Raised;

    public void Raise(DeviceStep step) => Raise(new DeviceProgress(step));

    public void RaiseRetrying(OpenApiException error, TimeSpan wait)
    {
        Log.Retrying(logger, error.Message, wait);
        Raise(new DeviceProgress(DeviceStep.Retrying) { Error = error, RetryIn = wait });
    }

    public void RaiseGivenUp(OpenApiException error)
    {
        Log.GivenUp(logger, error.Message);
        Raise(new DeviceProgress(DeviceStep.GivenUp) { Error = error });
    }

    public void Raise(DeviceProgress progress)
    {
        Log.Step(logger, progress);
        try
        {
            Raised?.Invoke(progress);
        }
#pragma warning disable CA1031 // the host's handler must not end the device
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(logger, error);
        }
    }
}
