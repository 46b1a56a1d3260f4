using System.Threading.Channels;

namespace Andmu.Pipeline.Native.Bridges;

/// <summary>Takes notifications off the uplink's loops and gives them to the host one at a time, in order: a host that blocks holds up its notifications,
/// not its media. Thread-safe.</summary>
internal sealed class NotificationQueue
{
    /// <summary>What waits for a host that blocks. More is lost, and counted.</summary>
    private const int Capacity = 256;

    private readonly Channel<Action> _queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Task _run;
    private long _lost;

    public NotificationQueue() => _run = Task.Run(RunAsync);

    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Puts a notification behind the others.</summary>
    public void Post(Action notification)
    {
        if (!_queue.Writer.TryWrite(notification))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Takes no more of them, and waits until those before have been given.</summary>
    public async Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        await _run;
    }

    private async Task RunAsync()
    {
        await foreach (Action notification in _queue.Reader.ReadAllAsync())
        {
            notification();
        }
    }
}
