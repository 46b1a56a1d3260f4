namespace Andmu.Pipeline.Cli.Camera;

/// <summary>The folder in which packages of firmware wait: beside what a camera keeps, or one for this run and its user alone, which goes with it.</summary>
internal sealed class FirmwareStaging : IDisposable
{
    private readonly bool _isTemporary;

    private FirmwareStaging(string directory, bool isTemporary)
    {
        Directory = directory;
        _isTemporary = isTemporary;
    }

    public string Directory { get; }

    /// <summary>In the folder of what the camera keeps; without one (null) in a temporary folder (0700).</summary>
    /// <exception cref="IOException">The temporary folder cannot be made.</exception>
    public static FirmwareStaging In(string? stateDirectory) => stateDirectory is null
        ? new FirmwareStaging(System.IO.Directory.CreateTempSubdirectory("andmu-firmware-").FullName, isTemporary: true)
        : new FirmwareStaging(Path.Combine(stateDirectory, "firmware"), isTemporary: false);

    /// <summary>Removes the temporary folder.</summary>
    public void Dispose()
    {
        if (_isTemporary && System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
