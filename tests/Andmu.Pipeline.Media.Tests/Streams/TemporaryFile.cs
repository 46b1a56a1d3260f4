namespace Andmu.Pipeline.Media.Tests.Streams;

/// <summary>A file for ffmpeg to read, gone when the test is.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(ReadOnlySpan<byte> content)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public byte[] Content => File.ReadAllBytes(Path);

    public void Dispose() => File.Delete(Path);
}
