namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>A file of its own among the temporary ones; under afl-fuzz these are in memory, and removed by run.sh.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("andmu-fuzz-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);
}
