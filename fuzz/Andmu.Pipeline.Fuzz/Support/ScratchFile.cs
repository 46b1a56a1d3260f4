namespace Andmu.Pipeline.Fuzz.Support;

/// <summary>A file of this process alone, in memory where the system has such a place.</summary>
internal sealed class ScratchFile : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly string _folder =
        Directory.Exists(Memory) ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"andmu-fuzz-{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()}")).FullName
        : Directory.CreateTempSubdirectory("andmu-fuzz-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
