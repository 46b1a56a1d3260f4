namespace Andmu.Pipeline.Native.Handles;

/// <summary>The devices of the process by what C holds of them: numbers, not addresses, so that a wrong or a freed one is noticed.</summary>
/// <remarks>
/// <code>
///   handle:  | generation ........ | slot, 8 bits |      the generation counts every device that was ever made, from 1
/// </code>
/// Thread-safe; looking up takes no lock. On 64 bits no handle comes twice; on 32 bits after 16 million devices.
/// </remarks>
internal sealed class HandleTable<T>
    where T : class
{
    /// <summary>Devices at the same time: an NVR's channels with room to spare.</summary>
    public const int Capacity = 1 << SlotBits;

    private const int SlotBits = 8;

    private readonly Lock _lock = new();
    private readonly Entry?[] _entries = new Entry?[Capacity];
    private nuint _generation;

    /// <summary>Takes a device in.</summary>
    /// <returns>Its handle; 0 when there is no slot left.</returns>
    public nint Add(T item)
    {
        lock (_lock)
        {
            int slot = Array.IndexOf(_entries, null);
            if (slot < 0)
            {
                return 0;
            }

            nuint handle = 0;
            while (handle >> SlotBits == 0)
            {
                handle = (++_generation << SlotBits) | (nuint)slot;
            }

            Volatile.Write(ref _entries[slot], new Entry((nint)handle, item));
            return (nint)handle;
        }
    }

    /// <summary>The device of a handle; null when it has none.</summary>
    public T? Find(nint handle)
    {
        Entry? entry = Volatile.Read(ref _entries[handle & (Capacity - 1)]);
        return entry?.Handle == handle ? entry.Item : null;
    }

    /// <summary>Takes a device out: of several callers, one gets it.</summary>
    public T? Remove(nint handle)
    {
        lock (_lock)
        {
            T? item = Find(handle);
            if (item is not null)
            {
                _entries[handle & (Capacity - 1)] = null;
            }

            return item;
        }
    }

    private sealed record Entry(nint Handle, T Item);
}
