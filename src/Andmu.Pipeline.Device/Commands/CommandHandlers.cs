using System.Collections.Concurrent;
using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Responses;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>What the host does when an app asks for something: one handler a kind of command (specification 5.2.9 to 5.2.11). Thread-safe.</summary>
/// <remarks>
/// <code>
///   device.Commands.Handle&lt;SetNightVision&gt;((command, stop) => camera.SetNightVisionAsync(command.Mode, stop));
///   device.Commands.Answer&lt;QueryPtzPosition, PtzPosition&gt;((_, stop) => camera.ReadHeadAsync(stop));
/// </code>
/// <para>Handlers are called in the order in which the commands came, off the uplink's threads, and run at the same time up to
/// <see cref="DeviceControlOptions.MaxConcurrentCommands"/>. One that waits must await: the next command is not begun before it has returned its task.
/// The token ends with the device, and after <see cref="DeviceControlOptions.CommandTimeout"/>.</para>
/// <para>A handler that throws has failed, and the app is told so where the protocol has an answer; <see cref="CommandRejectedException"/> says no
/// without a stack trace in the log. A command without a handler is refused, unless the device sees to it by itself
/// (<see cref="DeviceControlOptions"/>); where it does, a handler comes after it, and is not called if it has refused.</para>
/// </remarks>
public sealed class CommandHandlers
{
    private readonly ConcurrentDictionary<Type, CommandHandler> _handlers = new();

    /// <summary>Sets what is done about a kind of command; the one before it is replaced. Where the protocol has an answer that says no more than success
    /// (<see cref="Done"/>), it goes when the handler has returned.</summary>
    /// <typeparam name="TCommand">The kind; for a question, whose answer says more, see <see cref="Answer{TCommand,TAnswer}"/>.</typeparam>
    /// <param name="handler">What to do. The values it is given are checked against the specification.</param>
    public void Handle<TCommand>(Func<TCommand, CancellationToken, ValueTask> handler)
        where TCommand : ControlCommand => _handlers[typeof(TCommand)] = async (command, stop) =>
        {
            await handler((TCommand)command, stop);
            return command is IQuery<Done> query ? new CommandReply<Done>(query, Done.Instance) : null;
        };

    /// <summary>Sets what answers a question; the one before it is replaced.</summary>
    /// <typeparam name="TCommand">The question.</typeparam>
    /// <typeparam name="TAnswer">Its answer.</typeparam>
    /// <param name="handler">What to answer.</param>
    public void Answer<TCommand, TAnswer>(Func<TCommand, CancellationToken, ValueTask<TAnswer>> handler)
        where TCommand : ControlCommand, IQuery<TAnswer>
        where TAnswer : CommandAnswer => _handlers[typeof(TCommand)] =
            async (command, stop) => new CommandReply<TAnswer>((TCommand)command, await handler((TCommand)command, stop));

    internal CommandHandler? Find(ControlCommand command) => _handlers.GetValueOrDefault(command.GetType());
}

/// <summary>Does a command.</summary>
/// <returns>What it is answered with; null for what is not answered.</returns>
internal delegate ValueTask<ICommandReply?> CommandHandler(ControlCommand command, CancellationToken cancellationToken);
