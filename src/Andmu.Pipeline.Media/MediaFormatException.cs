namespace Andmu.Pipeline.Media;

/// <summary>A byte stream is not the media that it was said to be, or passes a limit; the message says what and where.</summary>
public sealed class MediaFormatException : Exception
{
    /// <summary>Creates the exception with a message of its type alone.</summary>
    public MediaFormatException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was looked for and where.</param>
    public MediaFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was looked for and where.</param>
    /// <param name="innerException">What caused it.</param>
    public MediaFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
