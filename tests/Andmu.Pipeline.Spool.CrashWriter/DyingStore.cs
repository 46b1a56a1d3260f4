using System.Runtime.InteropServices;
using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.CrashWriter;

/// <summary>The real file system, on which the process kills itself at its Nth call: before it, after it, or with half of a write done.</summary>
/// <remarks>A kill from outside seldom meets the moment between two calls, or recovery, which takes a millisecond; this meets each.</remarks>
internal sealed partial class DyingStore(IBlockStore inner, int call, Action<string> say) : IBlockStore
{
    private const int Ways = 3;
    private const int KillSignal = 9;
    private int _calls;

    private enum Way
    {
        Before,
        After,
        Halfway,
    }

    public StoreFault Attach()
    {
        Way? way = Enter(nameof(Attach));
        return Leave(way, inner.Attach());
    }

    public StoreFault Lock()
    {
        Way? way = Enter(nameof(Lock));
        return Leave(way, inner.Lock());
    }

    public void Unlock() => inner.Unlock();

    public StoreFault List(List<string> names)
    {
        Way? way = Enter(nameof(List));
        return Leave(way, inner.List(names));
    }

    public StoreFault Create(string name, out IBlockFile? file)
    {
        Way? way = Enter(nameof(Create));
        return Leave(way, Wrap(inner.Create(name, out file), ref file));
    }

    public StoreFault Open(string name, bool writable, out IBlockFile? file)
    {
        Way? way = Enter(nameof(Open));
        return Leave(way, Wrap(inner.Open(name, writable, out file), ref file));
    }

    public StoreFault Delete(string name)
    {
        Way? way = Enter(nameof(Delete));
        return Leave(way, inner.Delete(name));
    }

    public StoreFault SyncDirectory()
    {
        Way? way = Enter(nameof(SyncDirectory));
        return Leave(way, inner.SyncDirectory());
    }

    public StoreFault Measure(out StoreSpace space)
    {
        Way? way = Enter(nameof(Measure));
        return Leave(way, inner.Measure(out space));
    }

    private static StoreFault Leave(Way? way, StoreFault fault)
    {
        if (way is not null)
        {
            Die();
        }

        return fault;
    }

    private static void Die()
    {
        _ = Kill(Environment.ProcessId, KillSignal);
        Thread.Sleep(Timeout.Infinite); // the signal is on its way
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    private Way? Enter(string name)
    {
        if (++_calls != call)
        {
            return null;
        }

        say(name);
        var way = (Way)(call % Ways);
        if (way == Way.Before)
        {
            Die();
        }

        return way;
    }

    private StoreFault Wrap(StoreFault fault, ref IBlockFile? file)
    {
        file = file is null ? null : new DyingFile(this, file);
        return fault;
    }

    private sealed class DyingFile(DyingStore store, IBlockFile inner) : IBlockFile
    {
        public StoreFault Write(long offset, ReadOnlySpan<byte> bytes)
        {
            Way? way = store.Enter(nameof(Write));
            return Leave(way, inner.Write(offset, way == Way.Halfway ? bytes[..(bytes.Length / 2)] : bytes));
        }

        public StoreFault Read(long offset, Span<byte> buffer, out int count)
        {
            Way? way = store.Enter(nameof(Read));
            return Leave(way, inner.Read(offset, buffer, out count));
        }

        public StoreFault Sync()
        {
            Way? way = store.Enter(nameof(Sync));
            return Leave(way, inner.Sync());
        }

        public StoreFault GetLength(out long length)
        {
            Way? way = store.Enter(nameof(GetLength));
            return Leave(way, inner.GetLength(out length));
        }

        public void Dispose() => inner.Dispose();
    }
}
