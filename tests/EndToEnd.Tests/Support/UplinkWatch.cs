using System.Threading.Channels;
using Andmu.Pipeline.Session;

namespace EndToEnd.Tests.Support;

/// <summary>The states that an uplink goes through, to wait for.</summary>
internal sealed class UplinkWatch
{
    private readonly Channel<UplinkStateChange> _changes = Channel.CreateUnbounded<UplinkStateChange>();

    public UplinkWatch(UplinkSession uplink)
    {
        uplink.StateChanged += change => _changes.Writer.TryWrite(change);
    }

    public async Task<UplinkStateChange> UntilAsync(UplinkState state)
    {
        await foreach (UplinkStateChange change in _changes.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (change.State == state)
            {
                return change;
            }
        }

        throw new InvalidOperationException("The uplink is gone.");
    }
}
