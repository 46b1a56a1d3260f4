using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>A command on its way from its sender to its answer. Thread-safe.</summary>
/// <param name="received">What came.</param>
/// <param name="sender">src_device_id: whom the answer goes to.</param>
internal sealed class PendingCommand(ReceivedCommand received, string sender)
{
    private int _answered;

    public ReceivedCommand Received => received;

    public string Sender => sender;

    /// <summary>The command for the log: its kind, else its numbers, never a value of it.</summary>
    public string Name => received.Command is { } command ? command.GetType().Name : received.Code?.ToString() ?? "of no readable number";

    /// <summary>Whether it is answered at all, and was not before: who is told so answers it.</summary>
    public bool TakeAnswer() => received.HasResponse && Interlocked.Exchange(ref _answered, 1) == 0;
}
