namespace Andmu.Pipeline.Cli.Tests.Support;

/// <summary>A clock that stands still and counts how often it was looked at: something happens at a certain look.</summary>
internal sealed class CountingClock : TimeProvider
{
    private int _looks;
    private int _when;
    private Action? _action;

    public void At(int look, Action action) => (_when, _action) = (look, action);

    public override long GetTimestamp()
    {
        if (++_looks == _when)
        {
            _action!();
        }

        return 0;
    }
}
