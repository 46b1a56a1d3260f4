using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>Has one command done: first what the device does by itself, then what the host does.</summary>
/// <param name="host">The host's handlers.</param>
/// <param name="own">The device's own part.</param>
/// <param name="timeout">How long both may take.</param>
/// <param name="timeProvider">For the time limit.</param>
/// <param name="logger">Where a handler that throws is noted.</param>
internal sealed class CommandExecutor(CommandHandlers host, OwnCommands own, TimeSpan timeout, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Does it, and tells the result once: when it is there, or when the time is over. Returns when the handlers have really ended. Never
    /// throws.</summary>
    public async Task ExecuteAsync(PendingCommand pending, Action<CommandResult> tell, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        Task<CommandResult> done = DoAsync(pending, either.Token);
        try
        {
            tell(await done.WaitAsync(either.Token));
        }
        catch (OperationCanceledException)
        {
            tell(stop.IsCancellationRequested
                ? CommandResult.Not(CommandOutcome.Stopped, "the device was stopped")
                : CommandResult.Not(CommandOutcome.TimedOut, $"not done within {timeout.TotalSeconds:0.###} s"));
            await done;
        }
    }

    private async Task<CommandResult> DoAsync(PendingCommand pending, CancellationToken cancellationToken)
    {
        ControlCommand command = pending.Received.Command!;
        OwnCommand? ownPart = own.Find(command);
        CommandHandler? hostPart = host.Find(command);
        if (ownPart is null && hostPart is null)
        {
            return CommandResult.Not(CommandOutcome.Unsupported, "no handler");
        }

        try
        {
            ICommandReply? reply = ownPart is null ? null : await ownPart(pending, cancellationToken);
            ICommandReply? hostReply = hostPart is null ? null : await hostPart(command, cancellationToken);
            return Check(pending, hostReply ?? reply);
        }
        catch (CommandRejectedException error)
        {
            return CommandResult.Not(CommandOutcome.Rejected, error.Message);
        }
#pragma warning disable CA1031 // whatever it is, it is the host's, and this command's alone
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.HandlerFailed(logger, error);
            }

            return CommandResult.Not(CommandOutcome.Failed, error.GetType().Name);
        }
    }

    private static CommandResult Check(PendingCommand pending, ICommandReply? reply) => reply is null && pending.Received.HasResponse
        ? CommandResult.Not(CommandOutcome.Failed, $"its handler is set by {nameof(CommandHandlers.Handle)}, but it needs an answer")
        : CommandResult.Done(reply);
}
