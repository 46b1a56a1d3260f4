using Andmu.Pipeline.Session;
using Andmu.Pipeline.Transport.OpenSsl.Interop;

namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>One SSL object of libssl: what is written comes out as records in the send queue, what was received goes in by the block.</summary>
/// <remarks>
/// <code>
///   plain --Encrypt--> SSL_write --TryTakeRecord--> SendQueue
///   plain &lt;--Decrypt-- SSL_read &lt;--GiveReceived-- block &lt;--Receive
/// </code>
/// One reader and one writer, on threads of their own; libssl takes one at a time, so a lock stands around every call. Nothing here waits.
/// The queue of errors is the thread's, and whoever used OpenSSL there before may have left one: each call clears it first.
/// </remarks>
internal sealed unsafe class TlsSession : IRecordProtection, IDisposable
{
    /// <summary>Given by <see cref="Decrypt"/> for "receive more first".</summary>
    public const int NeedsMore = -1;

    /// <summary>Answers to what was read that may wait for the next flush: alerts of 31 bytes. A peer that provokes more is up to no good.</summary>
    private const int MaxAnswerBytes = 4096;

    private readonly Lock _lock = new();
    private readonly SslHandle _ssl;
    private readonly SendQueue _queue;
    private TlsRecordBoundary _boundary;
    private byte[]? _received;
    private int _at;  // in _received, up to where libssl has taken it
    private int _end; // of what is in _received
    private bool _decrypting;
    private int _answered; // bytes of answers since the last write

    /// <exception cref="InvalidOperationException">libssl has no memory.</exception>
    public TlsSession(SslContextHandle context, SendQueue queue)
    {
        _queue = queue;
        _ssl = LibSsl.New(context);
        if (_ssl.IsInvalid)
        {
            throw new InvalidOperationException("OpenSSL has no memory for a connection.");
        }

        _ssl.Attach(new CallbackBio(this));
    }

    /// <summary>Before the first <see cref="Handshake"/>.</summary>
    /// <returns>False when the name is none that can be checked.</returns>
    public bool Require(string host) => PeerName.TryParse(host, out PeerName name) && name.Require(_ssl);

    /// <summary>Takes the handshake as far as what was received allows.</summary>
    /// <returns>Whether it is finished; else more is to be received. What it has to say is in the send queue either way.</returns>
    /// <exception cref="TlsHandshakeException">It failed.</exception>
    public bool Handshake()
    {
        lock (_lock)
        {
            LibCrypto.ClearErrors();
            int result = LibSsl.Connect(_ssl);
            if (result == 1)
            {
                return true;
            }

            return LibSsl.GetError(_ssl, result) == LibSsl.ErrorWantRead ? false : throw Failure();
        }
    }

    /// <summary>After the handshake: that it came out as it had to, and the pin.</summary>
    /// <exception cref="TlsHandshakeException">The peer is not what it must be.</exception>
    public void CheckPeer(TlsConnectorOptions options)
    {
        lock (_lock)
        {
            int version = LibSsl.Version(_ssl);
            int suite = LibSsl.SuiteNumber(LibSsl.CurrentSuite(_ssl));
            if (version != LibSsl.Tls12 || !AllowedCipherSuites.Contains(suite))
            {
                throw new TlsHandshakeException(UplinkFaultKind.TlsFailed, $"it negotiated version {version:X4} with suite {suite:X4}, which the specification does not allow");
            }

            nint verified = LibSsl.VerifyResult(_ssl);
            if (verified != 0)
            {
                throw NotTrusted(verified);
            }

            if (!HasPinnedKey(options))
            {
                throw new TlsHandshakeException(UplinkFaultKind.PeerNotVerified, "its public key is none of the pinned ones");
            }
        }
    }

    /// <summary>Whether the stream of received bytes may end here.</summary>
    public bool IsBetweenRecords => _boundary.IsBetweenRecords;

    /// <summary>Lends it the next bytes from the network, after it has asked for more, until it asks again. Reader's thread, as <see cref="Decrypt"/>.</summary>
    public void Receive(byte[] block, int count)
    {
        (_received, _at, _end) = (block, 0, count);
        _boundary.Advance(block.AsSpan(0, count));
    }

    /// <summary>Decrypts.</summary>
    /// <returns>Bytes, at least one; 0 at the end of what the peer sends; <see cref="NeedsMore"/>.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public int Decrypt(Span<byte> plain)
    {
        lock (_lock)
        {
            LibCrypto.ClearErrors();
            _decrypting = true;
            int count;
            fixed (byte* start = plain)
            {
                count = LibSsl.Read(_ssl, start, plain.Length);
            }

            _decrypting = false;
            return count > 0 ? count : LibSsl.GetError(_ssl, count) switch
            {
                LibSsl.ErrorWantRead => NeedsMore,
                LibSsl.ErrorZeroReturn => 0,
                _ => throw new IOException($"TLS: {OpenSslError.Describe()}."),
            };
        }
    }

    /// <inheritdoc />
    public void Encrypt(ReadOnlyMemory<byte> plain)
    {
        lock (_lock)
        {
            LibCrypto.ClearErrors();
            _answered = 0;
            int written;
            fixed (byte* start = plain.Span)
            {
                written = LibSsl.Write(_ssl, start, plain.Length); // all of it: the queue takes whatever comes
            }

            if (written != plain.Length)
            {
                throw new IOException($"TLS: {OpenSslError.Describe()}.");
            }
        }
    }

    /// <summary>close_notify, RFC 5246 7.2.1. A connection that is broken already has nothing to say.</summary>
    public void Close()
    {
        lock (_lock)
        {
            LibCrypto.ClearErrors();
            _ = LibSsl.Shutdown(_ssl);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _ssl.Dispose();
        }
    }

    /// <summary>libssl has a record to send. Called within one of the calls above.</summary>
    /// <returns>False when it is one too many: that breaks the connection.</returns>
    internal bool TryTakeRecord(ReadOnlySpan<byte> record)
    {
        if (_decrypting && (_answered += record.Length) > MaxAnswerBytes)
        {
            return false;
        }

        try
        {
            _queue.Append(record);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false; // nothing may be thrown through libssl
        }
    }

    /// <summary>libssl wants received bytes. Called within one of the calls above.</summary>
    /// <returns>How many there were.</returns>
    internal int GiveReceived(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _end - _at);
        _received.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    private TlsHandshakeException Failure()
    {
        nint verified = LibSsl.VerifyResult(_ssl);
        if (verified != 0)
        {
            return NotTrusted(verified);
        }

        return OpenSslError.IsVerificationFailure
            ? new TlsHandshakeException(UplinkFaultKind.PeerNotVerified, "it has no certificate")
            : new TlsHandshakeException(UplinkFaultKind.TlsFailed, OpenSslError.Describe());
    }

    private static TlsHandshakeException NotTrusted(nint result) =>
        new(UplinkFaultKind.PeerNotVerified, $"its certificate is not accepted ({OpenSslError.DescribeVerification(result)})");

    private bool HasPinnedKey(TlsConnectorOptions options)
    {
        nint certificate = LibSsl.PeerChain(_ssl) is var chain and not 0 ? LibCrypto.StackItem(chain, 0) : 0;
        if (certificate == 0)
        {
            return false; // verified, and without a certificate: cannot be
        }

        nint key = LibCrypto.PublicKeyOf(certificate);
        int length = LibCrypto.WritePublicKey(key, null);
        if (length <= 0)
        {
            return false;
        }

        byte[] info = new byte[length];
        fixed (byte* start = info)
        {
            byte* at = start;
            return LibCrypto.WritePublicKey(key, &at) == length && options.IsAcceptedKey(info);
        }
    }
}
