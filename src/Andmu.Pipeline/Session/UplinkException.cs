namespace Andmu.Pipeline.Session;

/// <summary>Thrown by connectors and endpoint sources to say why a connection could not be had. The session never lets it out; it becomes an <see cref="UplinkFault"/>.</summary>
public sealed class UplinkException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="kind">Decides whether and when the uplink tries again.</param>
    /// <param name="message">One sentence; no secret in it.</param>
    /// <param name="innerException">The cause.</param>
    public UplinkException(UplinkFaultKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
    }

    /// <summary>What kind of fault.</summary>
    public UplinkFaultKind Kind { get; }
}
