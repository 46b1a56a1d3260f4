namespace Andmu.Pipeline.Spool.Storage;

/// <summary>An open file of an <see cref="IBlockStore"/>. One thread at a time.</summary>
internal interface IBlockFile : IDisposable
{
    /// <summary>Writes all of <paramref name="bytes"/>, or reports why not; some may have been written then.</summary>
    StoreFault Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Reads up to the buffer's length; fewer bytes only at the file's end.</summary>
    StoreFault Read(long offset, Span<byte> buffer, out int count);

    /// <summary>When it returns <see cref="StoreFault.None"/>, all that was written is on the card. After anything else nobody knows: the system
    /// may have thrown the dirty pages away, and a second call would succeed without them.</summary>
    StoreFault Sync();

    /// <summary>The file's length as the system has it.</summary>
    StoreFault GetLength(out long length);
}
