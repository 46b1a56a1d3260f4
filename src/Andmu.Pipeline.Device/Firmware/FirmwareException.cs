namespace Andmu.Pipeline.Device.Firmware;

/// <summary>An upgrade ends here; the message is what the platform is told. It holds no part of the command's address but the host.</summary>
internal sealed class FirmwareException : Exception
{
    public FirmwareException(string message)
        : base(message)
    {
    }

    public FirmwareException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
