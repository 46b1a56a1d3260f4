namespace Andmu.Pipeline.Device.Firmware;

/// <summary>One connection brought no more; another one may.</summary>
internal sealed class ConnectionBrokenException : Exception
{
    public ConnectionBrokenException(string message)
        : base(message)
    {
    }

    public ConnectionBrokenException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
