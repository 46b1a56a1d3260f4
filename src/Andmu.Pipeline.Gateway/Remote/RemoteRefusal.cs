namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>A request to the control port is refused; the message is for a person and holds no secret.</summary>
internal sealed class RemoteRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
