using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>A slot for cards that may be pulled, swapped, full, broken or slow, and lose their power.</summary>
internal sealed class FakeStore(int seed = 1) : IBlockStore
{
    public Random Random { get; } = new(seed);

    /// <summary>What is in the slot; null for nothing.</summary>
    public FakeCard? Card { get; set; } = new();

    /// <summary>Asked before each call: a fault, or none. May block: then the card is slow.</summary>
    public Func<StoreCall, StoreFault>? Inject { get; set; }

    /// <summary>Files whose place on the card is bad: no byte of them can be read, written or synced; removing works.</summary>
    public HashSet<FakeFile> Bad { get; } = [];

    public long Calls { get; private set; }

    /// <summary>A call to what was opened on a card: errors once it is out of the slot.</summary>
    public StoreFault Call(StoreCall call, FakeCard? card)
    {
        Calls++;
        StoreFault fault = Inject?.Invoke(call) ?? StoreFault.None;
        bool isChange = call is StoreCall.Create or StoreCall.Delete or StoreCall.Write;
        return card is null || card != Card ? StoreFault.Gone
            : fault != StoreFault.None ? fault
            : card.IsReadOnly && isChange ? StoreFault.ReadOnly
            : StoreFault.None;
    }

    public StoreFault Attach() => Call(StoreCall.Attach, Card);

    public StoreFault Lock() => StoreFault.None;

    public void Unlock()
    {
    }

    public StoreFault List(List<string> names)
    {
        StoreFault fault = Call(StoreCall.List, Card);
        if (fault == StoreFault.None)
        {
            names.AddRange(Card!.Files.Keys);
        }

        return fault;
    }

    public StoreFault Create(string name, out IBlockFile? file)
    {
        file = null;
        StoreFault fault = Call(StoreCall.Create, Card);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        var made = new FakeFile();
        if (!Card!.Files.TryAdd(name, made))
        {
            return StoreFault.Exists;
        }

        file = new FakeHandle(this, Card, made);
        return StoreFault.None;
    }

    public StoreFault Open(string name, bool writable, out IBlockFile? file)
    {
        file = null;
        StoreFault fault = Call(StoreCall.Open, Card);
        if (fault != StoreFault.None)
        {
            return fault;
        }

        if (!Card!.Files.TryGetValue(name, out FakeFile? found))
        {
            return StoreFault.NotFound;
        }

        if (writable && Card.IsReadOnly)
        {
            return StoreFault.ReadOnly;
        }

        file = new FakeHandle(this, Card, found);
        return StoreFault.None;
    }

    public StoreFault Delete(string name)
    {
        StoreFault fault = Call(StoreCall.Delete, Card);
        return fault != StoreFault.None ? fault : Card!.Files.Remove(name) ? StoreFault.None : StoreFault.NotFound;
    }

    public StoreFault SyncDirectory()
    {
        StoreFault fault = Call(StoreCall.SyncDirectory, Card);
        if (fault == StoreFault.None)
        {
            Card!.SyncNames();
        }

        return fault;
    }

    public StoreFault Measure(out StoreSpace space)
    {
        StoreFault fault = Call(StoreCall.Measure, Card);
        space = fault == StoreFault.None ? new StoreSpace(Card!.Capacity, Card.Free, "fake") : default;
        return fault;
    }
}
