using Andmu.Pipeline.Device.State;

namespace Andmu.Pipeline.Device.Firmware;

/// <summary>The folder in which packages wait. Only the device says what a file in it is called.</summary>
internal sealed class StagingFolder(string directory)
{
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly string _path = Path.Combine(directory, "firmware.part");

    /// <summary>Removes what a power cut may have left between the making of a file and the loss of its name.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public void Clean()
    {
        if (Directory.Exists(directory))
        {
            File.Delete(_path);
        }
    }

    /// <summary>Makes an empty file for its owner alone (0600), with room for so many bytes, that loses its name at once: nobody else can open it
    /// by that, and it is gone when it is closed, be it by a power cut.</summary>
    /// <param name="expectedBytes">0 when not known.</param>
    /// <exception cref="FirmwareException">There is no folder to trust, or no room.</exception>
    public StagedFile Create(long expectedBytes)
    {
        try
        {
            Prepare();
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, // neither a file nor a link that somebody has put there is followed
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite, // no advisory lock in the way of an installer that opens FirmwareImage.Path
                BufferSize = 0,
                PreallocationSize = expectedBytes,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Delete(_path);
            var stream = new FileStream(_path, options);
            File.Delete(_path);
            return new StagedFile(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareException($"The package of {expectedBytes} bytes cannot be kept: {error.Message}", error);
        }
    }

    private void Prepare()
    {
        PrivateFolder.Create(directory);
        var folder = new DirectoryInfo(directory);
        if (folder.LinkTarget is not null)
        {
            throw new FirmwareException("The folder for packages is a link (FirmwareOptions.StagingDirectory).");
        }

        if (!OperatingSystem.IsWindows() && (folder.UnixFileMode & OthersMayWrite) != 0)
        {
            throw new FirmwareException("The folder for packages may be written to by others; its mode should be 0700 (FirmwareOptions.StagingDirectory).");
        }
    }
}
