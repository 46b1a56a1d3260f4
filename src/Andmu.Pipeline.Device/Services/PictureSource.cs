namespace Andmu.Pipeline.Device.Services;

/// <summary>Asks the host for pictures: with a time limit, never for two at once, and none is passed on that is no JPEG or too long. One caller at a time.</summary>
/// <param name="take">The host's callback.</param>
/// <param name="maxBytes">The longest picture.</param>
/// <param name="timeProvider">For the time limit.</param>
internal sealed class PictureSource<TRequest>(
    Func<TRequest, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> take, int maxBytes, TimeProvider timeProvider)
{
    private Task _last = Task.CompletedTask;

    /// <summary>Whether a call that was given up still goes on: the host has not heeded its token.</summary>
    public bool IsBusy => !_last.IsCompleted;

    /// <summary>One picture.</summary>
    /// <exception cref="PictureException">There is none, and why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ReadOnlyMemory<byte>> TakeAsync(TRequest request, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsBusy)
        {
            throw new PictureException("The callback before has not returned yet.");
        }

        var limit = new CancellationTokenSource(timeLimit, timeProvider);
        var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        CancellationToken token = either.Token;
        Task<Answer> call = CallAsync(request, limit, either);
        _last = call;
        Answer answer;
        try
        {
            answer = await call.WaitAsync(token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PictureException($"None within {timeLimit.TotalSeconds:0.###} s.");
        }

        return Check(answer);
    }

    /// <summary>Owns the sources: they are disposed of when the host has returned, which may be long after it was given up.</summary>
    private async Task<Answer> CallAsync(TRequest request, CancellationTokenSource limit, CancellationTokenSource either)
    {
        using (limit)
        using (either)
        {
            return await CallAsync(request, either.Token);
        }
    }

    private async Task<Answer> CallAsync(TRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return new Answer(await take(request, cancellationToken), Error: null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // the host's callback: whatever it throws means that there is no picture
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new Answer(default, error); // not thrown on: nobody may be waiting any more
        }
    }

    private ReadOnlyMemory<byte> Check(in Answer answer)
    {
        if (answer.Error is { } error)
        {
            throw new PictureException("The callback failed.", error);
        }

        ReadOnlySpan<byte> picture = answer.Picture.Span;
        return picture.Length > maxBytes ? throw new PictureException($"{picture.Length} bytes; at most {maxBytes} are sent.")
            : IsJpeg(picture) ? answer.Picture
            : throw new PictureException("It is no JPEG.");
    }

    /// <summary>ITU-T T.81, B.1.1.3: start of image, and end of image.</summary>
    private static bool IsJpeg(ReadOnlySpan<byte> picture) =>
        picture.Length >= 4 && picture[..2].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD8]) && picture[^2..].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD9]);

    private readonly record struct Answer(ReadOnlyMemory<byte> Picture, Exception? Error);
}
