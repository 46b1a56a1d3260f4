using Andmu.Pipeline.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Session;

/// <summary>Calls the host's handlers. One that throws is logged: it must not end the uplink.</summary>
internal static class HostHandlers
{
    public static void Raise(Action? handler, ILogger logger)
    {
        try
        {
            handler?.Invoke();
        }
#pragma warning disable CA1031 // whatever it is, it is the host's
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(logger, error);
        }
    }

    public static void Raise<T>(Action<T>? handler, T argument, ILogger logger)
    {
        try
        {
            handler?.Invoke(argument);
        }
#pragma warning disable CA1031 // whatever it is, it is the host's
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(logger, error);
        }
    }
}
