using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.OpenApi;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Takes a panorama and sends its pictures to the app that asked (command 153, specification 5.2.9.23 and 5.2.11.7).</summary>
/// <remarks>
/// <code>
///   TryStart -> shot 1 -> send -> shot 2 -> send ... -> return the head
///                  +---- Stop, or what fails --------------^
/// </code>
/// <para>Thread-safe. One at a time. The next picture is not taken before the outbox has room for the last: a slow network slows the head down.</para>
/// </remarks>
internal sealed class PanoramaService : IAsyncDisposable
{
    /// <summary>The longest picture: 640x360 at two bytes a pixel, and well below what one message holds.</summary>
    public const int MaxBytes = 512 << 10;

    /// <summary>Time for the host to turn the head and to take the picture: a slow head needs 20 s for its whole rotation.</summary>
    private static readonly TimeSpan ShotTimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>A full outbox is tried again after this, and given up after that: the app does not wait for longer.</summary>
    private static readonly TimeSpan SendPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SendTimeLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly PictureSource<PanoramaShot> _source;
    private readonly Func<CancellationToken, ValueTask> _returnHead;
    private readonly Func<PanoramaImage, bool> _send;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly DueWork _work;
    private Run? _run;

    /// <param name="take">The host's head and camera.</param>
    /// <param name="returnHead">Turns the head back to where it was; called at the end of every panorama, whatever its end.</param>
    /// <param name="send">Sends a picture; false when too much waits already.</param>
    /// <param name="timeProvider">For time limits and pauses.</param>
    /// <param name="logger">Where starts and ends are noted.</param>
    public PanoramaService(
        Func<PanoramaShot, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> take, Func<CancellationToken, ValueTask> returnHead,
        Func<PanoramaImage, bool> send, TimeProvider timeProvider, ILogger logger)
    {
        _source = new PictureSource<PanoramaShot>(take, MaxBytes, timeProvider);
        _returnHead = returnHead;
        _send = send;
        _timeProvider = timeProvider;
        _logger = logger;
        _work = new DueWork(WorkAsync, timeProvider, logger);
    }

    /// <summary>Whether one is being taken, the return of the head included.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _run is not null;
            }
        }
    }

    /// <summary>Starts a panorama and returns at once.</summary>
    /// <remarks>The answer to the command goes before the pictures: it is <paramref name="answer"/> that sends it.</remarks>
    /// <param name="client">The app that asked.</param>
    /// <param name="geometry">The head and its lens.</param>
    /// <param name="angle">Degrees between two pictures, from outside; 0 or less for the device's own.</param>
    /// <param name="isUpright">False for a device on a ceiling.</param>
    /// <param name="answer">Called with the outcome before the first picture is taken, on the caller's thread.</param>
    /// <returns>False when it is refused: one runs already, or these angles make none.</returns>
    public bool TryStart(string client, DeviceAngle geometry, int angle, bool isUpright, Action<bool> answer)
    {
        PanoramaPlan? plan = PanoramaPlan.Of(geometry, angle, isUpright);
        bool starts;
        lock (_lock)
        {
            starts = plan is not null && _run is null && !_source.IsBusy;
            if (starts)
            {
                _run = new Run(client, plan!);
            }
        }

        if (!starts)
        {
            ServiceLog.PanoramaRefused(_logger, plan is null ? $"none with {angle} degrees a picture." : "one runs already.");
        }

        try
        {
            answer(starts);
        }
        finally
        {
            if (starts)
            {
                _work.DueAt(TimeSpan.Zero);
            }
        }

        return starts;
    }

    /// <summary>Ends the panorama that is being taken, if there is one; the head is returned.</summary>
    public void Stop()
    {
        Run? run;
        lock (_lock)
        {
            run = _run;
        }

        _ = run?.Stop.CancelAsync(); // elsewhere: what the host hangs on its token must not run on the caller's thread, who may hold a lock
    }

    /// <summary>Ends what is being taken and waits for the head's return.</summary>
    public ValueTask DisposeAsync() => _work.DisposeAsync();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        Run run = _run!;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Stop.Token);
        ServiceLog.PanoramaStarted(_logger, run.Plan.Count, run.Client);
        await TakeAllAsync(run, either.Token);
        await ReturnHeadAsync();
        lock (_lock)
        {
            _run = null;
        }
    }

    private async Task TakeAllAsync(Run run, CancellationToken cancellationToken)
    {
        int sequence = 1;
        try
        {
            for (; sequence <= run.Plan.Count; sequence++)
            {
                ReadOnlyMemory<byte> jpeg = await _source.TakeAsync(run.Plan.Shot(sequence), ShotTimeLimit, cancellationToken);
                await SendAsync(new PanoramaImage(run.Client, sequence, run.Plan.Count, jpeg), cancellationToken);
            }

            ServiceLog.PanoramaDone(_logger);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ServiceLog.PanoramaEnded(_logger, sequence, run.Plan.Count, "stopped.", error: null);
        }
        catch (PictureException error)
        {
            ServiceLog.PanoramaEnded(_logger, sequence, run.Plan.Count, error.Message, error.InnerException);
        }
    }

    private async Task SendAsync(PanoramaImage picture, CancellationToken cancellationToken)
    {
        for (TimeSpan waited = TimeSpan.Zero; !TrySend(picture); waited += SendPause)
        {
            if (waited >= SendTimeLimit)
            {
                throw new PictureException($"It could not be sent within {SendTimeLimit.TotalSeconds} s.");
            }

            await Task.Delay(SendPause, _timeProvider, cancellationToken);
        }
    }

    private bool TrySend(PanoramaImage picture)
    {
        try
        {
            return _send(picture);
        }
        catch (ArgumentException error)
        {
            throw new PictureException("It is longer than the message that it goes in.", error);
        }
    }

    /// <summary>Not cancelled by what ends the panorama: the head is to be where its user has left it.</summary>
    private async Task ReturnHeadAsync()
    {
        using var limit = new CancellationTokenSource(ShotTimeLimit, _timeProvider);
        try
        {
            await _returnHead(limit.Token).AsTask().WaitAsync(limit.Token);
        }
#pragma warning disable CA1031 // the host's callback must not keep the next panorama from being taken
        catch (Exception error)
#pragma warning restore CA1031
        {
            ServiceLog.HeadNotReturned(_logger, error);
        }
    }

    /// <summary>One panorama. Its source of cancellation has no timer, and so nothing to dispose of.</summary>
    private sealed record Run(string Client, PanoramaPlan Plan)
    {
        public CancellationTokenSource Stop { get; } = new();
    }
}
