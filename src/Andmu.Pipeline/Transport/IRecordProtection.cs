namespace Andmu.Pipeline.Transport;

/// <summary>What turns plain text into TLS records: SslStream, or libssl.</summary>
internal interface IRecordProtection
{
    /// <summary>Encrypts all of it into the connection's <see cref="SendQueue"/>, at once.</summary>
    /// <exception cref="IOException">The connection is broken or closed.</exception>
    void Encrypt(ReadOnlyMemory<byte> plain);
}
