namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Wakes whoever waits for something to become true. The minute is for a test that fails, not for one that waits.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    public void Set() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public async Task WhenAsync(Func<bool> condition)
    {
        while (true)
        {
            Task next = Volatile.Read(ref _next).Task;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
