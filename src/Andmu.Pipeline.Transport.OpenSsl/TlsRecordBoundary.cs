namespace Andmu.Pipeline.Transport.OpenSsl;

/// <summary>Where in a TLS record a stream of bytes stands: only between two records may it end.</summary>
/// <remarks>
/// <code>
///   type (1)  version (2)  length (2, big-endian)  fragment (length)      RFC 5246 6.2.1
/// </code>
/// Mutable struct: do not make a field of it readonly.
/// </remarks>
internal struct TlsRecordBoundary
{
    private const int HeaderBytes = 5;

    private int _header;   // bytes of the header that were seen
    private int _length;   // the length field, as far as it was seen
    private int _fragment; // bytes of the fragment that are still to come

    public readonly bool IsBetweenRecords => _header == 0 && _fragment == 0;

    public void Advance(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_fragment > 0)
            {
                int count = Math.Min(_fragment, bytes.Length);
                _fragment -= count;
                bytes = bytes[count..];
                continue;
            }

            _length = (_length << 8 | bytes[0]) & ushort.MaxValue; // of the header's bytes, the last two remain
            bytes = bytes[1..];
            if (++_header == HeaderBytes)
            {
                (_fragment, _header) = (_length, 0);
            }
        }
    }
}
