namespace Andmu.Pipeline.Gateway;

/// <summary>The gateway could not start. The message says what to do about it and holds no secret.</summary>
public sealed class GatewayException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="message">What went wrong and what to do, for a person.</param>
    /// <param name="innerException">The cause, or null.</param>
    public GatewayException(GatewayFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public GatewayFailure Failure { get; }
}
