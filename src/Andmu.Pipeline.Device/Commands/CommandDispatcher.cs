using System.Threading.Channels;
using Andmu.Pipeline.Control.Parsing;
using Andmu.Pipeline.Device.Diagnostics;
using Andmu.Pipeline.Messages;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Commands;

/// <summary>Takes commands off the uplink's receive loop, has each done once, and answers its sender (specification 5.2.9 to 5.2.11).</summary>
/// <remarks>
/// <code>
///   receive loop:  parse -> refuse, or queue (bounded)      one reader:  begin in order, N at once -> own part, host's part -> answer
/// </code>
/// All or nothing: a command of which any value is wrong changes nothing. A flood costs its own answers: what does not fit into the queue is refused, and
/// past the first few lines of a minute the log leaves it at the counts.
/// </remarks>
internal sealed class CommandDispatcher : IAsyncDisposable
{
    /// <summary>Commands that wait to be begun: more than apps send in the time of one.</summary>
    private const int QueueCapacity = 64;

    private readonly Channel<PendingCommand> _queue = Channel.CreateBounded<PendingCommand>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true, SingleWriter = false });

    private readonly CommandExecutor _executor;
    private readonly CommandAnswers _answers;
    private readonly CommandTally _tally;
    private readonly DeviceControlOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly RefusalLines _refusals;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public CommandDispatcher(
        CommandExecutor executor, CommandAnswers answers, CommandTally tally, DeviceControlOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _executor = executor;
        _answers = answers;
        _tally = tally;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _refusals = new RefusalLines(timeProvider);
        _slots = new SemaphoreSlim(options.MaxConcurrentCommands);
        _run = Task.Run(RunAsync);
    }

    /// <summary>Takes what an app has sent: the handler of the uplink's event. Returns at once.</summary>
    public void OnAppCommand(AppCommand received)
    {
        if (received.Type != AppCommandType.Command)
        {
            return;
        }

        var pending = new PendingCommand(CommandParser.Parse(received.Message), received.Source);
        if (pending.Received.Refusal is { } refusal)
        {
            End(pending, CommandResult.Not(CommandOutcome.Malformed, refusal.Message));
        }
        else if (!_queue.Writer.TryWrite(pending))
        {
            End(pending, CommandResult.Not(CommandOutcome.Busy, "too many commands are under way"));
        }
    }

    /// <summary>Begins no further command, and waits for those under way, whose tokens have ended; no longer than a command may take, for a handler that
    /// does not heed its token.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        using var limit = new CancellationTokenSource(_options.CommandTimeout, _timeProvider);
        try
        {
            await _run.WaitAsync(limit.Token);
            for (int slot = 0; slot < _options.MaxConcurrentCommands; slot++)
            {
                await _slots.WaitAsync(limit.Token); // each is given back by the command that has it
            }
        }
        catch (OperationCanceledException)
        {
            Log.HandlersLeft(_logger);
        }
    }

    private async Task RunAsync()
    {
        await foreach (PendingCommand pending in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            await _slots.WaitAsync(CancellationToken.None);
            if (_stop.IsCancellationRequested)
            {
                _slots.Release();
                End(pending, CommandResult.Not(CommandOutcome.Stopped, "the device was stopped"));
                continue;
            }

            _ = ExecuteAsync(pending); // gives its slot back; it has begun when this returns, so that the order is kept
        }
    }

    private async Task ExecuteAsync(PendingCommand pending)
    {
        try
        {
            await _executor.ExecuteAsync(pending, result => End(pending, result), _stop.Token);
        }
        finally
        {
            _slots.Release();
        }
    }

    private void End(PendingCommand pending, CommandResult result)
    {
        _tally.Add(result.Outcome);
        if (result.Outcome == CommandOutcome.Done)
        {
            Log.CommandDone(_logger, pending.Name);
        }
        else
        {
            Log.CommandRefused(_logger, _refusals.IsWorthALine() ? LogLevel.Warning : LogLevel.Debug, pending.Name, result.Outcome, result.Reason);
        }

        _answers.Send(pending, result);
    }
}
