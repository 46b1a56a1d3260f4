namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>A <see cref="DeviceScript"/> on one session, from its login to its end.</summary>
internal sealed class ScriptRun : IAsyncDisposable
{
    private readonly DeviceSession _session;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;

    public ScriptRun(GatewayOptions options, DeviceSession session)
    {
        _session = session;
        _time = options.TimeProvider;
        _run = RunAsync(session.Login.ChannelId == 0 ? options.Script.Steps : [], _time.GetTimestamp());
    }

    /// <summary>Ends it; what was under way has ended when this completes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run;
        _end.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<DeviceScript.Step> steps, long login)
    {
        foreach (DeviceScript.Step step in steps)
        {
            try
            {
                await WaitUntilAsync(step.Offset, login);
                await step.Action(_session, _end.Token).WaitAsync(_end.Token); // a step may wait for the end of this very connection
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                return; // The connection has ended.
            }
#pragma warning disable CA1031 // A step is the host's code: whatever it throws must be seen, and harm this connection alone.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _session.End(DisconnectReason.InternalFault, $"{step.Name} after the login: {e.Message}");
                return;
            }
        }
    }

    // Looks at the clock again after the wait: timers count whole milliseconds.
    private async Task WaitUntilAsync(TimeSpan offset, long login)
    {
        while (offset - _time.GetElapsedTime(login) is { Ticks: > 0 } wait)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), _time, _end.Token);
        }
    }
}
