using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Andmu.Pipeline.Cli.Pushing;

/// <summary>The file of <c>--stats</c>, or of another option that asks for figures: opened before anything is sent, so that nobody waits for figures that cannot be written.</summary>
internal sealed class StatisticsFile : IDisposable
{
    private readonly FileStream _file;

    private StatisticsFile(FileStream file) => _file = file;

    /// <param name="option">The option that names it.</param>
    /// <param name="path">Its name.</param>
    /// <exception cref="CliException">It cannot be created.</exception>
    public static StatisticsFile Create(string option, string path)
    {
        try
        {
            return new StatisticsFile(new FileStream(path, FileMode.Create, FileAccess.Write));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"{option}: '{path}' cannot be written: {error.Message}", error);
        }
    }

    public void Write<T>(T report, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(_file, report, type);
        _file.Write("\n"u8);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();
}
