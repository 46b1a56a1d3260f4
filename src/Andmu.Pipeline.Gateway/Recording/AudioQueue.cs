namespace Andmu.Pipeline.Gateway.Recording;

/// <summary>
/// Audio packs that wait for the GOP they sound under: audio comes a little before or after its picture. Bounded: past its
/// limits the oldest pack goes.
/// </summary>
internal sealed class AudioQueue
{
    // A minute of A-law and then some; packs of 20 ms.
    private const int MaxBytes = 1024 * 1024;
    private const int MaxPacks = 4096;

    private readonly LinkedList<Pack> _packs = new();
    private int _bytes;

    internal readonly record struct Pack(uint StartTime, int GopNumber, ReadOnlyMemory<byte> ALaw);

    /// <summary>Queues a pack that arrived while the GOP of that number was the latest.</summary>
    public void Add(uint startTime, int gopNumber, ReadOnlyMemory<byte> aLaw)
    {
        if (aLaw.Length > MaxBytes)
        {
            return;
        }

        _packs.AddLast(new Pack(startTime, gopNumber, aLaw));
        _bytes += aLaw.Length;
        while (_bytes > MaxBytes || _packs.Count > MaxPacks)
        {
            Remove(_packs.First!);
        }
    }

    /// <summary>Whether a pack falls into a time.</summary>
    public bool Has(Func<uint, bool> isWithin) => _packs.Any(pack => isWithin(pack.StartTime));

    /// <summary>
    /// Takes the packs that fall into a time, in the order they came. Others that came before the GOP of that number can belong to
    /// nothing any more and go; the rest waits.
    /// </summary>
    public List<Pack> Take(int gopNumber, Func<uint, bool> isWithin)
    {
        List<Pack> taken = [];
        for (LinkedListNode<Pack>? node = _packs.First; node is not null;)
        {
            LinkedListNode<Pack> current = node;
            node = node.Next;
            bool within = isWithin(current.Value.StartTime);
            if (within)
            {
                taken.Add(current.Value);
            }

            if (within || current.Value.GopNumber < gopNumber)
            {
                Remove(current);
            }
        }

        return taken;
    }

    private void Remove(LinkedListNode<Pack> node)
    {
        _bytes -= node.Value.ALaw.Length;
        _packs.Remove(node);
    }
}
