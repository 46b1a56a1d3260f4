using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Tests.Support;

namespace Andmu.Pipeline.Tests.Backlog;

public sealed class DrainTests
{
    /// <summary>What the last run left on the card is not known before the card was looked at: until then nobody may say that all is delivered.</summary>
    [Fact(Timeout = 20_000)]
    public async Task DrainAsync_StoreNotLookedAtYet_WaitsUntilItIsKnown()
    {
        var store = new EmptyStore();
        await using var rig = new Rig(options => options with { Backlog = store });
        Task<List<Hedgw.HEDGWMessage>> running = (await rig.GoOnlineAsync()).RunAsync();
        Task<bool> drained = rig.Session.DrainAsync();
        Assert.False(drained.IsCompleted);

        store.Know();
        Assert.True(await drained);
        await rig.Session.StopAsync();
        await running;
    }

    private sealed class EmptyStore : IBacklogStore
    {
        private volatile bool _isKnown;

        public event Action? Progressed;

        public bool IsWritable => true;

        public bool IsKnown => _isKnown;

        public bool HasBacklog => false;

        public long KeptThrough => 0;

        public void Know()
        {
            _isKnown = true;
            Progressed?.Invoke();
        }

        public bool TryKeep(in BacklogMedia package, ReadOnlySpan<byte> data, out long ticket)
        {
            ticket = 0;
            return false;
        }

        public bool TryKeep(in BacklogEvent happened, string? message) => false;

        public bool TryRead(out BacklogRecord record)
        {
            record = default;
            return false;
        }

        public void Confirm(long number)
        {
        }

        public void Rewind()
        {
        }
    }
}
