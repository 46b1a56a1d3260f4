using Andmu.Pipeline.Session;

namespace Andmu.Pipeline.Cli.Uplinks;

/// <summary>Whether the first login succeeded: completes with it, or fails with what stood in its way.</summary>
internal sealed class FirstLogin
{
    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _source.Task;

    public void OnChange(UplinkStateChange change)
    {
        if (change.State == UplinkState.Online)
        {
            _source.TrySetResult();
        }
        else if (change.Fault is { } fault)
        {
            Fail(new CliException(ErrorReport.ExitCodeOf(fault.Kind), fault.Message));
        }
    }

    public void Fail(Exception error) => _source.TrySetException(error);
}
