using Andmu.Pipeline.Spool.Storage;

namespace Andmu.Pipeline.Spool.Tests.Fakes;

/// <summary>An open <see cref="FakeFile"/>.</summary>
internal sealed class FakeHandle(FakeStore store, FakeCard card, FakeFile file) : IBlockFile
{
    public StoreFault Write(long offset, ReadOnlySpan<byte> bytes)
    {
        StoreFault fault = Call(StoreCall.Write);
        if (fault == StoreFault.None && card.Free + file.Length < offset + bytes.Length)
        {
            fault = StoreFault.NoSpace;
        }

        if (fault == StoreFault.None)
        {
            file.Write((int)offset, bytes);
        }
        else if (fault is StoreFault.Io or StoreFault.NoSpace && card.Free > bytes.Length)
        {
            file.Write((int)offset, bytes[..store.Random.Next(bytes.Length)]); // some of it has been written
        }

        return fault;
    }

    public StoreFault Read(long offset, Span<byte> buffer, out int count)
    {
        count = 0;
        StoreFault fault = Call(StoreCall.Read);
        if (fault == StoreFault.None)
        {
            count = (int)Math.Clamp(file.Length - offset, 0, buffer.Length);
            file.Shown.Slice((int)Math.Min(offset, file.Length), count).CopyTo(buffer);
        }

        return fault;
    }

    public StoreFault Sync()
    {
        StoreFault fault = Call(StoreCall.Sync);
        file.Sync(fault == StoreFault.None, store.Random);
        return fault;
    }

    public StoreFault GetLength(out long length)
    {
        length = file.Length;
        return store.Call(StoreCall.Read, card);
    }

    public void Dispose()
    {
    }

    private StoreFault Call(StoreCall call)
    {
        StoreFault fault = store.Call(call, card);
        return fault == StoreFault.None && store.Bad.Contains(file) ? StoreFault.Io : fault;
    }
}
