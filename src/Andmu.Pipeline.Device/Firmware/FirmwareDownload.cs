using System.Buffers;
using System.Net;
using System.Security.Authentication;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Device.Startup;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>Fetches a package, over as many connections as it takes: after a broken one it goes on where it was.</summary>
internal sealed class FirmwareDownload(
    FirmwareOptions options, DownloadPolicy policy, Func<long, StagedFile> create, HttpClient http, TimeProvider timeProvider, Random random,
    ILogger logger)
{
    // With full jitter and a last ceiling of 32 s some 8 tries take a minute and a half: an access point that restarts is waited for.
    private const int MaxBarrenTries = 8;

    // What makes a connection worth having: a server that gives a byte each would otherwise be asked for ever.
    private const int WorthwhileBytes = 64 << 10;

    private const int ReadBytes = 64 << 10;

    /// <summary>The whole package, of the announced length and unchecked, for the caller to close.</summary>
    /// <param name="url">Where it is, checked.</param>
    /// <param name="received">Told of bytes there and bytes in all (0 while not known).</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FirmwareException">It cannot be had.</exception>
    public async Task<StagedFile> FetchAsync(Uri url, Action<long, long> received, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.DownloadTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await RepeatAsync(url, received, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FirmwareException($"The download took longer than {options.DownloadTimeout} (FirmwareOptions.DownloadTimeout).");
        }
    }

    private async Task<StagedFile> RepeatAsync(Uri url, Action<long, long> received, CancellationToken cancellationToken)
    {
        using var package = new PartialPackage(options.MaxBytes, create);
        var backoff = new Backoff(random);
        int barren = 0;
        while (true)
        {
            long before = package.Received;
            TimeSpan wait;
            try
            {
                return await TryAsync(url, package, received, cancellationToken);
            }
            catch (ConnectionBrokenException error)
            {
                if (package.Received - before >= WorthwhileBytes)
                {
                    barren = 0;
                    backoff.Reset();
                }

                if (++barren >= MaxBarrenTries)
                {
                    throw new FirmwareException($"Given up after {package.Current} bytes and {barren} tries in a row: {error.Message}", error);
                }

                wait = backoff.Next();
                Log.FirmwareRetrying(logger, package.Current, wait, error.Message);
            }

            await Task.Delay(wait, timeProvider, cancellationToken);
        }
    }

    private async Task<StagedFile> TryAsync(Uri url, PartialPackage package, Action<long, long> received, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.StallTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await SendAsync(url, package, either.Token);
            ThrowUnlessContent(response);
            package.Accept(response);
            await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
            await CopyAsync(body, package, received, stall, either.Token);
            return package.End();
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            // The host's HttpClient may have a timeout of its own, too.
            throw new ConnectionBrokenException($"The server was silent for {options.StallTimeout}.", error);
        }
        catch (HttpRequestException error) when (error.InnerException is AuthenticationException)
        {
            throw new FirmwareException($"No connection to a verified server: {error.InnerException.Message}", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ConnectionBrokenException(error.Message, error);
        }
    }

    /// <summary>Asks, and follows redirects by the rules. Every try starts from the command's address: a redirect's may be signed for minutes only.</summary>
    private async Task<HttpResponseMessage> SendAsync(Uri url, PartialPackage package, CancellationToken cancellationToken)
    {
        Uri from = url;
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, from);
            package.Ask(request);
            HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!IsRedirect(response.StatusCode) && response.RequestMessage?.RequestUri == from)
            {
                return response;
            }

            using (response)
            {
                if (!IsRedirect(response.StatusCode))
                {
                    throw new FirmwareException("Refused: the HttpClient follows redirects by itself, unchecked; use FirmwareHttp.CreateHandler.");
                }

                from = redirects < options.MaxRedirects
                    ? policy.Redirect(url, from, response.Headers.Location)
                    : throw new FirmwareException($"Refused: more than {options.MaxRedirects} redirects in a row (FirmwareOptions.MaxRedirects).");
            }
        }
    }

    private async Task CopyAsync(
        Stream body, PartialPackage package, Action<long, long> received, CancellationTokenSource stall, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            while (true)
            {
                stall.CancelAfter(options.StallTimeout);
                int read = await body.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    return;
                }

                stall.CancelAfter(Timeout.InfiniteTimeSpan); // a slow disk is not the server's fault
                await package.AppendAsync(buffer.AsMemory(0, read), cancellationToken);
                received(package.Current, package.Total ?? 0);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ThrowUnlessContent(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                return;
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new ConnectionBrokenException($"The server answers {(int)response.StatusCode}.");
            default:
                throw new FirmwareException($"The server answers {(int)response.StatusCode}.");
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or
        HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
