namespace Andmu.Pipeline.Gateway.Hosting;

/// <summary>The gateway's files: every path is made here, from fixed names and checked device ids only.</summary>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private DataDirectory(string root) => Root = root;

    public string Root { get; }

    public string CaCertificate => Path.Combine(Root, "ca.pem");

    public string CaKey => Path.Combine(Root, "ca.key");

    public string ServerCertificate => Path.Combine(Root, "server.pem");

    public string ServerKey => Path.Combine(Root, "server.key");

    public string Devices => Path.Combine(Root, "devices.json");

    public string Events => Path.Combine(Root, "events.jsonl");

    public string Control => Path.Combine(Root, "control.json");

    /// <summary>Creates the directory when it is missing and proves that it can be written.</summary>
    public static DataDirectory Open(string path)
    {
        try
        {
            string root = Path.GetFullPath(path);
            Directory.CreateDirectory(root);
            string probe = Path.Combine(root, ".write-test");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return new DataDirectory(root);
        }
        catch (Exception e) when (IsFileFault(e))
        {
            throw Unusable(path, e);
        }
    }

    public static bool IsFileFault(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    public static GatewayException Unusable(string path, Exception cause) => new(
        GatewayFailure.DataDirectory,
        $"The data directory '{path}' cannot be used: {cause.Message} Choose another one, or make room and give this user the right to write there.",
        cause);

    public string RecordingDirectory(string deviceId) => DeviceDirectory("recordings", deviceId);

    public string ThumbnailDirectory(string deviceId) => DeviceDirectory("thumbnails", deviceId);

    public string PanoramaDirectory(string deviceId) => DeviceDirectory("panorama", deviceId);

    /// <summary>Replaces a file in one step, so that a crash leaves the old one or the new one; only the owner may read it.</summary>
    public static void WriteSecretAtomically(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private string DeviceDirectory(string kind, string deviceId)
    {
        // A device id becomes a path only as digits, whatever its way here was.
        if (!Gateway.Devices.DeviceId.IsValid(deviceId))
        {
            throw new ArgumentException("A device id is 15 digits.", nameof(deviceId));
        }

        return Path.Combine(Root, kind, deviceId);
    }
}
