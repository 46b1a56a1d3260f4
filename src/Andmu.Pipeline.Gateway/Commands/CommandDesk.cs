using Andmu.Pipeline.Gateway.Hedgw;

namespace Andmu.Pipeline.Gateway.Commands;

/// <summary>Sends the commands of one connection and waits for their answers. Safe for any thread.</summary>
internal sealed class CommandDesk(Platform platform, DeviceSession session)
{
    private readonly TimeProvider _time = platform.Options.TimeProvider;
    private readonly PendingCommands _pending = new();
    private uint _nextId;

    public PendingCommands Pending => _pending;

    /// <summary>Sends a text as a command, right or wrong.</summary>
    public Task SendAsync(string json, string sourceId, CancellationToken cancellationToken) =>
        session.SendAsync(Messages.Command(session.DeviceId, sourceId, Interlocked.Increment(ref _nextId), json), cancellationToken);

    /// <inheritdoc cref="DeviceSession.AskAsync"/>
    public async Task<CommandAnswer> AskAsync(PlatformCommand command, TimeSpan timeout, string sourceId, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        PendingCommand? pending = command.Definition.Answer == AnswerKind.None ? null : _pending.Add(command, sourceId);
        long number = command.Definition.Request is null ? 0 : pending?.Session ?? PendingCommands.NewSession();
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        CommandAnswer answer;
        try
        {
            await SendAsync(command, number, sourceId, either.Token);
            answer = pending is null
                ? new CommandAnswer { Command = command.Definition.Name, Outcome = CommandOutcome.Sent }
                : await pending.Answer.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            platform.Notices.Post(GatewayNoticeKind.CommandUnanswered, session.DeviceId, command.Definition.Name);
            answer = new CommandAnswer { Command = command.Definition.Name, Outcome = CommandOutcome.TimedOut };
        }
        finally
        {
            if (pending is not null)
            {
                _pending.Remove(pending);
            }
        }

        return answer with { Session = number, Elapsed = _time.GetElapsedTime(start) };
    }

    private Task SendAsync(PlatformCommand command, long number, string sourceId, CancellationToken cancellationToken)
    {
        if (command.Definition.Action is { } action)
        {
            return action(session, command, cancellationToken);
        }

        if (command.Definition.Request == AppCommands.Upgrade)
        {
            session.Known.Firmware.Expect(number);
        }

        platform.Notices.Post(GatewayNoticeKind.CommandSent, session.DeviceId, command.Definition.Name);
        return SendAsync(CommandJson.Write(command, number, _time.GetUtcNow().ToUnixTimeMilliseconds()), sourceId, cancellationToken);
    }
}
