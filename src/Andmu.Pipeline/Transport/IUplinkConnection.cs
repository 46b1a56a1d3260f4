using System.IO.Pipelines;

namespace Andmu.Pipeline.Transport;

/// <summary>One verified, encrypted connection to a device gateway.</summary>
/// <remarks>One loop reads <see cref="IDuplexPipe.Input"/>, one writes <see cref="IDuplexPipe.Output"/>; <see cref="Abort"/> may be called from anywhere.</remarks>
public interface IUplinkConnection : IDuplexPipe, IAsyncDisposable
{
    /// <summary>Bytes given to the network since the connection was made, encryption included.</summary>
    long BytesSent { get; }

    /// <summary>Of <see cref="BytesSent"/>, how many the peer's transport has confirmed; null when that cannot be known.</summary>
    long? BytesAcknowledged { get; }

    /// <summary>Ends the connection at once: pending reads and writes fail.</summary>
    void Abort();

    /// <summary>Ends the sending half in order: all that was flushed is delivered, then the peer is told. <see cref="Abort"/> cuts it short.</summary>
    ValueTask CloseAsync();
}
