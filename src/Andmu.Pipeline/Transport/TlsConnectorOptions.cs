using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Andmu.Pipeline.Transport;

/// <summary>Whom a <see cref="TlsConnector"/> trusts. Chain, dates and host name are always checked; nothing here turns that off.</summary>
public sealed record TlsConnectorOptions
{
    /// <summary>Own roots, instead of the system's. Null for the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>SHA-256 hashes of SubjectPublicKeyInfo (RFC 7469 2.4), one of which the peer's certificate must have, in addition to a valid
    /// chain and name. Empty for no pin.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> PublicKeyPins { get; init; } = [];

    /// <summary>The name to ask for (SNI) and to check the certificate against, when it is not the address connected to: for platforms that
    /// give the IP address of a gateway whose certificate has a name. Null for the endpoint's host.</summary>
    public string? TargetHost { get; init; }

    /// <summary>Whether a key is one of the pinned ones, or none is pinned.</summary>
    internal bool IsAcceptedKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(subjectPublicKeyInfo, hash);
        bool accepted = PublicKeyPins.Count == 0;
        foreach (ReadOnlyMemory<byte> pin in PublicKeyPins)
        {
            accepted |= pin.Span.SequenceEqual(hash);
        }

        return accepted;
    }
}
