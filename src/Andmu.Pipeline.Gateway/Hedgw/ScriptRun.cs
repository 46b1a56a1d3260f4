namespace Andmu.Pipeline.Gateway.Hedgw;

/// <summary>
/// A <see cref="DeviceScript"/> on one session, from its login to its end. The clock of every step runs from the moment this is made, so
/// that a step which takes long delays none but those whose time has come.
/// </summary>
internal sealed class ScriptRun : IAsyncDisposable
{
    private readonly DeviceSession _session;
    private readonly CancellationTokenSource _end = new();
    private readonly (DeviceScript.Step Step, Task Due)[] _steps;
    private Task _run = Task.CompletedTask;

    public ScriptRun(GatewayOptions options, DeviceSession session)
    {
        _session = session;
        IReadOnlyList<DeviceScript.Step> steps = session.Login.ChannelId == 0 ? options.Script.Steps : [];
        _steps = [.. steps.Select(step => (step, Task.Delay(step.Offset, options.TimeProvider, _end.Token)))];
    }

    /// <summary>Lets the steps happen; those whose time has come do at once.</summary>
    public void Begin() => _run = RunAsync();

    /// <summary>Ends it; what was under way has ended when this completes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        foreach ((DeviceScript.Step step, Task due) in _steps)
        {
            try
            {
                await due;
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
}
