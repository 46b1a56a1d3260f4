using Andmu.Pipeline.Control.Commands;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>A package that has arrived whole, for the host's verifier and installer. Usable until the callback that got it returns.</summary>
/// <remarks>
/// The file is open and has no name any more: the checksum was taken over its bytes, the verifier reads them, and the installer gets them, all by one
/// handle. There is no name in a folder to which somebody else could put another file between check and use, which is what undid RAUC (CVE-2020-25860).
/// </remarks>
public sealed class FirmwareImage
{
    private readonly StagedFile _file;

    internal FirmwareImage(FirmwareRequest request, StagedFile file)
    {
        _file = file;
        Kind = request.Kind;
        NewVersion = request.NewVersion;
        CheckSum = request.CheckSum;
    }

    /// <summary>What it replaces.</summary>
    public FirmwareKind Kind { get; }

    /// <summary>Its version, as the platform says.</summary>
    public string NewVersion { get; }

    /// <summary>MD5 of the bytes in hexadecimal, as the platform says and as they have.</summary>
    public string CheckSum { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>A path by which this process, and another one of the same user or of root, opens these very bytes: <c>/proc/PID/fd/N</c>, for
    /// installers that take a file. It names the open file, not a place in a folder: it cannot be moved, and is to be opened for reading only.</summary>
    public string Path => _file.Path;

    /// <summary>Reads the bytes from the first on.</summary>
    /// <returns>A read-only stream of its own position that can seek; to be disposed of by the caller.</returns>
    /// <exception cref="ObjectDisposedException">The callback has returned.</exception>
    public Stream OpenRead() => _file.OpenRead();
}
