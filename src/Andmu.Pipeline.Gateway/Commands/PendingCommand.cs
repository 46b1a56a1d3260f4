namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>A command that waits for its answer.</summary>
internal sealed class PendingCommand(PlatformCommand command, long session, string sourceId)
{
    // Whoever waits goes on on a thread of its own: the one that reads the device must not run it.
    private readonly TaskCompletionSource<CommandAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PlatformCommand Command { get; } = command;

    public long Session { get; } = session;

    /// <summary>Who asked: dst_device_id of the answer.</summary>
    public string SourceId { get; } = sourceId;

    public Task<CommandAnswer> Answer => _answer.Task;

    public void Complete(CommandAnswer answer) => _answer.TrySetResult(answer);

    public void Abandon() => _answer.TrySetException(new IOException("The connection has ended."));
}
