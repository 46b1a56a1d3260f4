namespace Andmu.Pipeline.Device.Commands;

/// <summary>Thrown by a handler of the host: the camera will not, or cannot, do what was asked. The app is told that it failed; the reason goes to the log.</summary>
public sealed class CommandRejectedException : Exception
{
    /// <summary>Says no, without a reason.</summary>
    public CommandRejectedException()
        : base("The host said no.")
    {
    }

    /// <summary>Says no.</summary>
    /// <param name="message">Why, for the log.</param>
    public CommandRejectedException(string message)
        : base(message)
    {
    }

    /// <summary>Says no.</summary>
    /// <param name="message">Why, for the log.</param>
    /// <param name="innerException">What stood in the way.</param>
    public CommandRejectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
