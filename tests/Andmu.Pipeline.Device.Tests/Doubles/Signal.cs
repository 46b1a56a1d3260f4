namespace Andmu.Pipeline.Device.Tests.Doubles;

/// <summary>Wakes whoever waits for something to become true.</summary>
internal sealed class Signal
{
    /// <summary>How long a test waits that is going to fail.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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

            await next.WaitAsync(Patience);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
