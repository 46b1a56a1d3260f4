using System.Runtime.InteropServices;

namespace Andmu.Pipeline.Native.Interop;

/// <summary>The memory that one callback is shown. It is cleared before it is freed: some of it is a key.</summary>
internal sealed unsafe class NativeScope : IDisposable
{
    private readonly List<(nint Address, int Bytes)> _blocks = [];

    /// <summary>A text for C; NULL for null. What comes behind a NUL in it is not seen: callers refuse such a text.</summary>
    public byte* Text(string? text)
    {
        if (text is null)
        {
            return null;
        }

        int bytes = System.Text.Encoding.UTF8.GetByteCount(text);
        byte* copy = (byte*)Take(bytes + 1);
        System.Text.Encoding.UTF8.GetBytes(text, new Span<byte>(copy, bytes));
        copy[bytes] = 0;
        return copy;
    }

    /// <summary>An array for C; NULL when it is empty.</summary>
    public T* Array<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        if (items.IsEmpty)
        {
            return null;
        }

        T* copy = (T*)Take(items.Length * sizeof(T));
        items.CopyTo(new Span<T>(copy, items.Length));
        return copy;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach ((nint address, int bytes) in _blocks)
        {
            new Span<byte>((void*)address, bytes).Clear();
            NativeMemory.Free((void*)address);
        }

        _blocks.Clear();
    }

    private void* Take(int bytes)
    {
        void* block = NativeMemory.Alloc((nuint)bytes);
        _blocks.Add(((nint)block, bytes));
        return block;
    }
}
