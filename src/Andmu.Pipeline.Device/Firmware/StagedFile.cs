using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>A package on the disk: written at its end, then read, all by one handle. One thread at a time while it is written.</summary>
internal sealed class StagedFile(FileStream stream) : IDisposable
{
    private const int ReadBytes = 64 << 10;

    // ENOSPC and EDQUOT of Linux; .NET gives the number of an error that it has no exception for as HResult.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public long Length { get; private set; }

    /// <summary>Names the open file by itself (proc(5), "/proc/PID/fd").</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}");

    /// <exception cref="FirmwareException">The disk is full or broken.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(_handle, bytes, Length, cancellationToken);
        }
        catch (IOException error)
        {
            string reason = error.HResult is NoSpace or QuotaExceeded ? "the disk is full" : error.Message;
            throw new FirmwareException($"The package cannot be kept after {Length} bytes: {reason}", error);
        }

        Length += bytes.Length;
    }

    /// <summary>MD5 of what stands in the file, not of what was meant to be written to it.</summary>
    /// <exception cref="FirmwareException">It cannot be read.</exception>
    public async Task<byte[]> ComputeMd5Async(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            long position = 0;
            while (await RandomAccess.ReadAsync(_handle, buffer, position, cancellationToken) is > 0 and int read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                position += read;
            }
        }
        catch (IOException error)
        {
            throw new FirmwareException($"The package cannot be read again: {error.Message}", error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return hash.GetHashAndReset();
    }

    public Stream OpenRead()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        return new StagedContent(_handle, Length);
    }

    public void Dispose() => stream.Dispose();
}
