namespace Andmu.Pipeline.Device.Services;

/// <summary>The host gave no picture that may be sent; the message says why.</summary>
internal sealed class PictureException : Exception
{
    public PictureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
