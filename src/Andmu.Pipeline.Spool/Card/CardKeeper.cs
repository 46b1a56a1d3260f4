using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Card;

/// <summary>Is there a card, is it still the same, does it take writes? Looks again at intervals, whatever it found.</summary>
/// <remarks>
/// <code>
///              mounts, takes writes
///   no card -------------------------> writable --- read-only, full ---> readable
///     ^  ^                              |   ^                               |
///     |  +--- gone, errors, swapped ----+   +------- takes writes ----------+
///     +------------------ gone, errors, swapped -----------------------------+
/// </code>
/// </remarks>
internal sealed class CardKeeper(IBlockStore store, CardMounting mounting, TimeProvider time, TimeSpan interval)
{
    // A single error may be a bad place on the card: the next segment lies elsewhere.
    private const int MaxFaultsInARow = 2;

    // Looks between two tries of what could not be read.
    private const int RetryLooks = 12;

    private long _lookedAt;
    private bool _hasLooked;
    private int _faultsInARow;
    private int _looks;
    private string _lastVolume = string.Empty;

    /// <summary>What is mounted; null for nothing.</summary>
    public MountedCard? Card { get; private set; }

    /// <summary>The card takes writes, as far as is known.</summary>
    public bool IsWritable { get; private set; }

    /// <summary>The card lets go of files, as far as is known: a full one does.</summary>
    public bool CanRemove => IsWritable || (Card is not null && State == SpoolState.Full);

    public SpoolState State { get; private set; }

    /// <summary>Size and free space, when last asked.</summary>
    public StoreSpace Space { get; private set; }

    /// <summary>Calls that the card failed.</summary>
    public long Faults { get; private set; }

    /// <summary>How often another card was found than the one before.</summary>
    public long Changes { get; private set; }

    /// <summary>How long until it is time to look.</summary>
    public TimeSpan UntilLook
    {
        get
        {
            TimeSpan left = _hasLooked ? interval - time.GetElapsedTime(_lookedAt) : TimeSpan.Zero;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Mounts, or finds out what has become of what is mounted.</summary>
    public void Look()
    {
        _hasLooked = true;
        _lookedAt = time.GetTimestamp();
        if (Card is not null && !IsSame(Card))
        {
            Detach(SpoolState.Missing);
        }

        StoreFault fault = Card is null ? Mount() : StoreFault.None;
        if (fault == StoreFault.None && !IsWritable)
        {
            fault = store.Lock();
            fault = fault == StoreFault.None ? Volume.Probe(store) : fault;
            IsWritable = fault == StoreFault.None;
            State = IsWritable && State != SpoolState.Full ? SpoolState.Ready : State; // full until something was written
        }

        if (fault != StoreFault.None)
        {
            Faults++;
            Settle(fault);
        }

        if (++_looks % RetryLooks == 0)
        {
            Card?.Index.RetryUnreadable();
        }

        Measure();
    }

    /// <summary>Asks for the free space.</summary>
    public void Measure()
    {
        if (Card is not null && store.Measure(out StoreSpace space) == StoreFault.None)
        {
            Space = space;
        }
    }

    /// <summary>So many bytes more were taken, or fewer.</summary>
    public void Take(long bytes) => Space = Space with { FreeBytes = Space.FreeBytes - bytes };

    /// <summary>Something was written and synced.</summary>
    public void Succeeded()
    {
        _faultsInARow = 0;
        State = SpoolState.Ready;
    }

    /// <summary>The card failed a call. One error more is allowed before it is left alone until the next look.</summary>
    public void Failed(StoreFault fault)
    {
        Faults++;
        _faultsInARow++;
        if (fault is not (StoreFault.Io or StoreFault.Exists or StoreFault.NoSpace) || _faultsInARow >= MaxFaultsInARow)
        {
            Settle(fault);
        }
    }

    /// <summary>The card failed a call in reading. A bad place is no reason to stop writing.</summary>
    public void FailedReading(StoreFault fault)
    {
        Faults++;
        if (fault == StoreFault.Gone)
        {
            Settle(fault);
        }
    }

    /// <summary>Something has been removed: a full card is worth a try.</summary>
    public void Resume() => IsWritable = CanRemove;

    /// <summary>There is no room, and none can be made.</summary>
    public void Fill() => Pause(SpoolState.Full);

    /// <summary>It is over: others may have the card.</summary>
    public void Close() => store.Unlock();

    private static SpoolState StateOf(StoreFault fault) => fault switch
    {
        StoreFault.Gone or StoreFault.NotFound => SpoolState.Missing,
        StoreFault.ReadOnly => SpoolState.ReadOnly,
        StoreFault.NoSpace => SpoolState.Full,
        StoreFault.InUse => SpoolState.InUse,
        _ => SpoolState.Failing,
    };

    private StoreFault Mount()
    {
        StoreFault fault = mounting.TryMount(out MountedCard? card);
        if (card is not null)
        {
            Changes += _lastVolume.Length > 0 && _lastVolume != card.VolumeText ? 1 : 0;
            _lastVolume = card.VolumeText;
            Card = card;
        }

        return fault;
    }

    private bool IsSame(MountedCard card) =>
        store.Attach() == StoreFault.None && Volume.Read(store, out Format.VolumeId volume) == StoreFault.None && volume == card.Volume;

    private void Settle(StoreFault fault)
    {
        _faultsInARow = 0;
        if (fault is StoreFault.ReadOnly or StoreFault.NoSpace && Card is not null)
        {
            Pause(StateOf(fault)); // what lies on it can be read
        }
        else
        {
            Detach(StateOf(fault));
        }
    }

    private void Pause(SpoolState state)
    {
        IsWritable = false;
        State = state;
    }

    private void Detach(SpoolState state)
    {
        Pause(state);
        Card = null;
        Space = default;
        store.Unlock();
    }
}
