using System.Globalization;

namespace Andmu.Pipeline.Cli.Spooling;

/// <summary>The files of one export: <c>FILE.mp4</c>, then <c>FILE-2.mp4</c> and so on. Never over one that is there, unless forced.</summary>
/// <remarks>Each gets its name when it is whole; until then it is <c>FILE.mp4.part</c>. One that was not finished is removed.</remarks>
internal sealed class ExportFiles : IDisposable
{
    private const string Extension = ".mp4";
    private const string Unfinished = ".part";

    private readonly string _path;
    private readonly bool _isForced;
    private int _count;
    private string? _open;

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

    /// <summary>The name of a file once it is whole.</summary>
    public static string NameOf(string unfinished) => unfinished[..^Unfinished.Length];

    /// <summary>Makes the next file; the one before is whole.</summary>
    /// <returns>Its path until it is whole.</returns>
    public (string Path, Stream Stream) Create()
    {
        Complete();
        _count++;
        string name = _count == 1
            ? _path
            : string.Create(CultureInfo.InvariantCulture, $"{_path[..^Extension.Length]}-{_count}{_path[^Extension.Length..]}");
        if (File.Exists(name) && !_isForced)
        {
            throw IsThere(name);
        }

        string path = name + Unfinished;
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0); // a fragment is written whole
        _open = path;
        return (path, stream);
    }

    /// <summary>The last file is whole: it gets its name.</summary>
    public void Complete()
    {
        if (_open is { } path && File.Exists(path)) // one without a picture was taken away
        {
            try
            {
                File.Move(path, NameOf(path), overwrite: _isForced);
            }
            catch (IOException) when (!_isForced && File.Exists(NameOf(path)))
            {
                throw IsThere(NameOf(path));
            }
        }

        _open = null;
    }

    /// <summary>Removes the file that was not finished.</summary>
    public void Dispose()
    {
        if (_open is { } path)
        {
            File.Delete(path);
        }
    }

    private static CliException IsThere(string path) =>
        new(ExitCode.Usage, $"'{path}' is there already: choose another name, or overwrite it with --force.");
}
