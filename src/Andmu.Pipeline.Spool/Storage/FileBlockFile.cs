using Microsoft.Win32.SafeHandles;

namespace Andmu.Pipeline.Spool.Storage;

/// <summary>A file on a mounted card.</summary>
internal sealed class FileBlockFile(SafeFileHandle handle) : IBlockFile
{
    public StoreFault Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    public StoreFault Read(long offset, Span<byte> buffer, out int count)
    {
        count = 0;
        try
        {
            while (count < buffer.Length)
            {
                int read = RandomAccess.Read(handle, buffer[count..], offset + count);
                if (read == 0)
                {
                    break;
                }

                count += read;
            }

            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    public StoreFault Sync() => ErrorNumber.ToFault(NativeSync.File(handle));

    public StoreFault GetLength(out long length)
    {
        length = 0;
        try
        {
            length = RandomAccess.GetLength(handle);
            return StoreFault.None;
        }
        catch (Exception error) when (ErrorNumber.IsStoreError(error))
        {
            return ErrorNumber.ToFault(error);
        }
    }

    public void Dispose() => handle.Dispose();
}
