using Andmu.Pipeline.Diagnostics;
using Andmu.Pipeline.Protocol;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Session;

/// <summary>What an exception means for the uplink: in one place, so that no two loops see the same failure differently.</summary>
internal static class FaultMapping
{
    public static UplinkFault ToFault(Exception error, ILogger logger)
    {
        switch (error)
        {
            case UplinkException known:
                return new UplinkFault(known.Kind, known.Message);
            case ProtocolException:
                return new UplinkFault(UplinkFaultKind.ProtocolViolation, error.Message);
            case IOException or ObjectDisposedException or OperationCanceledException:
                return new UplinkFault(UplinkFaultKind.ConnectionLost, $"The connection broke: {error.Message.TrimEnd('.')}.");
            default:
                // Whatever else goes wrong in one connection, the channel comes back.
                Log.UnexpectedFailure(logger, error);
                return new UplinkFault(UplinkFaultKind.ConnectionLost, $"The connection failed unexpectedly: {error.Message}");
        }
    }
}
