using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Messages;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Sends thumbnails as the platform asks for them (DevServerCmd type 9, specification 5.2.7 and 5.2.8): the first at once, then one every span.</summary>
/// <remarks>Thread-safe; nothing here waits for the host. A request holds over reconnects until another takes its place: the platform may ask anew, and
/// need not.</remarks>
internal sealed class ThumbnailService : IAsyncDisposable
{
    /// <summary>The longest picture: 1080p at a quality that nobody needs of a thumbnail.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The largest picture that the host is asked for, whatever the platform wants: it may make room for it before it looks.</summary>
    private const int MaxWidth = 1920;
    private const int MaxHeight = 1080;

    /// <summary>No platform gets more pictures than one a second, by short spans or by many requests.</summary>
    private static readonly TimeSpan MinSpan = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxTimeLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly PictureSource<ThumbnailRequest> _source;
    private readonly Func<bool> _maySend;
    private readonly Func<ReadOnlyMemory<byte>, bool> _send;
    private readonly ILogger _logger;
    private readonly DueWork _work;
    private ThumbnailRequest? _request;
    private TimeSpan? _last; // when the host was asked last
    private bool _isOverdue;
    private bool _isFailing;

    /// <param name="take">The host's camera: a JPEG of about the size asked for. Called by one thread at a time.</param>
    /// <param name="maySend">Whether the device is online and on.</param>
    /// <param name="send">TrySendThumbnail of the uplink.</param>
    /// <param name="timeProvider">For the spans.</param>
    /// <param name="logger">Where a host that gives no pictures is noted, once in a row.</param>
    public ThumbnailService(
        Func<ThumbnailRequest, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> take, Func<bool> maySend, Func<ReadOnlyMemory<byte>, bool> send,
        TimeProvider timeProvider, ILogger logger)
    {
        _source = new PictureSource<ThumbnailRequest>(take, MaxBytes, timeProvider);
        _maySend = maySend;
        _send = send;
        _logger = logger;
        _work = new DueWork(TakeAsync, timeProvider, logger);
    }

    /// <summary>The platform asks for thumbnails, or for no more: the handler of the uplink's event.</summary>
    public void OnRequested(ThumbnailRequest request)
    {
        TimeSpan? due;
        lock (_lock)
        {
            _request = request.Span > TimeSpan.Zero ? Bounded(request) : null;
            _isOverdue = false;
            due = _request is null ? null : Earliest;
        }

        _work.DueAt(due);
    }

    /// <summary>The device is online or on again: what was due meanwhile is due now.</summary>
    public void OnMaySend()
    {
        lock (_lock)
        {
            if (!_isOverdue)
            {
                return;
            }

            _isOverdue = false;
        }

        _work.DueBy(Earliest);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private TimeSpan Earliest => _last is { } last ? last + MinSpan : TimeSpan.Zero;

    private static ThumbnailRequest Bounded(ThumbnailRequest request) => new(
        request.Span > MinSpan ? request.Span : MinSpan, Bounded(request.Width, MaxWidth), Bounded(request.Height, MaxHeight));

    /// <summary>Numbers of 32 bits without a sign come as negative ones from 2^31 on.</summary>
    private static int Bounded(int pixels, int max) => (int)Math.Min((uint)pixels, (uint)max);

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        bool maySend = _maySend();
        ThumbnailRequest request;
        lock (_lock)
        {
            if (_request is not { } current)
            {
                return;
            }

            request = current;
            _isOverdue = !maySend;
            if (maySend)
            {
                _last = _work.Now;
            }
        }

        _work.DueBy(_work.Now + request.Span); // another request, made by now, may be due sooner
        if (maySend && !_source.IsBusy)
        {
            await TakeAsync(request, cancellationToken);
        }
    }

    private async Task TakeAsync(ThumbnailRequest request, CancellationToken cancellationToken)
    {
        try
        {
            TimeSpan limit = request.Span < MaxTimeLimit ? request.Span : MaxTimeLimit;
            ReadOnlyMemory<byte> picture = await _source.TakeAsync(request, limit, cancellationToken);
            _isFailing = false;
            if (IsWanted(request))
            {
                _send(picture); // refused when offline, off or full: the next one replaces it
            }
        }
        catch (PictureException error)
        {
            if (!_isFailing)
            {
                _isFailing = true; // once: a camera that is broken is broken every span
                ServiceLog.NoThumbnail(_logger, error.Message, error.InnerException);
            }
        }
    }

    private bool IsWanted(ThumbnailRequest request)
    {
        lock (_lock)
        {
            return _request == request;
        }
    }
}
