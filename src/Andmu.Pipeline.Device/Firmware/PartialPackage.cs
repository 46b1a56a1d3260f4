using System.Net;
using System.Net.Http.Headers;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>What there is of a package so far, and whether what a server answers continues it (RFC 9110, 13.1.5 and 14).</summary>
/// <remarks>
/// <code>
///   nothing yet      GET                      200 -> from zero
///   some bytes       GET, Range, If-Range     206, same length and entity tag -> goes on;   200 -> from zero, with this answer
///                                             206 of something else, or 416   -> from zero, with the next request
/// </code>
/// <para>A server without a strong entity tag is asked to go on all the same: were its package another by now, of the same length, the checksum
/// over the whole would tell. It happens in one run only: a restart finds nothing.</para>
/// </remarks>
/// <param name="maxBytes">Longest package.</param>
/// <param name="create">Makes a file with room for so many bytes.</param>
internal sealed class PartialPackage(long maxBytes, Func<long, StagedFile> create) : IDisposable
{
    // A package that is replaced while it is fetched is replaced once, by the vendor. More is a server that mocks.
    private const int MaxRestarts = 3;

    private StagedFile? _file;
    private EntityTagHeaderValue? _tag;
    private int _restarts;

    /// <summary>Bytes that are there.</summary>
    public long Current => _file?.Length ?? 0;

    /// <summary>Bytes of the whole; null while they are not known.</summary>
    public long? Total { get; private set; }

    /// <summary>Bytes that ever came, also those that were given up.</summary>
    public long Received { get; private set; }

    /// <summary>Asks for what is missing.</summary>
    public void Ask(HttpRequestMessage request)
    {
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity")); // the checksum is that of the package as it is kept
        if (Current > 0)
        {
            request.Headers.Range = new RangeHeaderValue(Current, null);
            request.Headers.IfRange = _tag is null ? null : new RangeConditionHeaderValue(_tag);
        }
    }

    /// <summary>Takes the head of an answer; the body then follows with <see cref="AppendAsync"/>.</summary>
    /// <exception cref="ConnectionBrokenException">It does not fit; the next may.</exception>
    /// <exception cref="FirmwareException">It is too long, or there is no room for it.</exception>
    public void Accept(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                Forget();
                Begin(response);
                break;
            case HttpStatusCode.PartialContent when Current > 0 && Continues(response):
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when Current > 0:
                Forget();
                throw new ConnectionBrokenException("The package was replaced while it was fetched.");
            default:
                throw new FirmwareException($"The server answers {(int)response.StatusCode} to a request for the whole package.");
        }
    }

    /// <summary>Takes more of the body.</summary>
    /// <exception cref="FirmwareException">It is more than was announced or may be, or the disk does not take it.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Received += bytes.Length;
        if (Total is { } total && Current + bytes.Length > total)
        {
            throw new FirmwareException($"The server sends more than the {total} bytes that it announced.");
        }

        if (Current + bytes.Length > maxBytes)
        {
            throw TooLong();
        }

        await _file!.AppendAsync(bytes, cancellationToken);
    }

    /// <summary>The body has ended without a fault.</summary>
    /// <exception cref="ConnectionBrokenException">Something is missing.</exception>
    public StagedFile End()
    {
        if (Current == 0)
        {
            throw new FirmwareException("The package is empty.");
        }

        if (Current < Total)
        {
            throw new ConnectionBrokenException($"The server sent {Current} of {Total} bytes.");
        }

        StagedFile file = _file!;
        _file = null;
        return file;
    }

    public void Dispose() => _file?.Dispose();

    private void Begin(HttpResponseMessage response)
    {
        Total = response.Content.Headers.ContentLength;
        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag : null; // a weak one does not vouch for bytes (RFC 9110 8.8.1)
        if (Total > maxBytes)
        {
            throw TooLong();
        }

        _file = create(Total ?? 0);
    }

    private bool Continues(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentRange is not { Unit: "bytes", From: { } from, Length: { } length } ||
            from != Current || (Total is { } total && total != length) ||
            (_tag is not null && response.Headers.ETag is { } tag && !tag.Equals(_tag)))
        {
            return false;
        }

        Total = length <= maxBytes ? length : throw TooLong();
        return true;
    }

    private void Forget()
    {
        if (Current > 0 && ++_restarts > MaxRestarts)
        {
            throw new FirmwareException($"The server began with the package again and again, {_restarts} times.");
        }

        _file?.Dispose();
        _file = null;
        _tag = null;
        Total = null;
    }

    private FirmwareException TooLong() => new($"The package is longer than {maxBytes} bytes (FirmwareOptions.MaxBytes).");
}
