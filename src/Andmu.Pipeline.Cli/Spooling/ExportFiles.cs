using System.Globalization;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>The files of one export: <c>FILE.mp4</c>, then <c>FILE-2.mp4</c> and so on. Never over one that is there, unless forced.</summary>
internal sealed class ExportFiles
{
    private const string Extension = ".mp4";

    private readonly string _path;
    private readonly bool _isForced;
    private int _count;

    /// <summary>Checks what can be checked before the card is read.</summary>
    /// <exception cref="CliException">The first file cannot be made.</exception>
    public ExportFiles(string path, string card, bool isForced)
    {
        _path = path;
        _isForced = isForced;
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new CliException(ExitCode.Usage, $"'{path}' is no name of an MP4 file: end it in {Extension}.");
        }

        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (directory == Path.TrimEndingDirectorySeparator(Path.GetFullPath(card)))
        {
            throw new CliException(ExitCode.Usage, "Nothing is written to the card: choose another directory for the file.");
        }

        if (!Directory.Exists(directory))
        {
            throw new CliException(ExitCode.Usage, $"There is no directory '{directory}': make it, or choose another one.");
        }

        if (File.Exists(path) && !isForced)
        {
            throw IsThere(path);
        }
    }

    /// <summary>Makes the next file.</summary>
    public (string Path, Stream Stream) Create()
    {
        _count++;
        string path = _count == 1
            ? _path
            : string.Create(CultureInfo.InvariantCulture, $"{_path[..^Extension.Length]}-{_count}{_path[^Extension.Length..]}");
        try
        {
            FileMode mode = _isForced ? FileMode.Create : FileMode.CreateNew;
            return (path, new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0)); // a fragment is written whole
        }
        catch (IOException) when (!_isForced && File.Exists(path))
        {
            throw IsThere(path);
        }
    }

    private static CliException IsThere(string path) =>
        new(ExitCode.Usage, $"'{path}' is there already: choose another name, or overwrite it with --force.");
}
