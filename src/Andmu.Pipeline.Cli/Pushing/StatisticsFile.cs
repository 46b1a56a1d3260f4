using System.Text.Json;
using Andmu.Pipeline.Cli.Measuring;

namespace Andmu.Pipeline.Cli.Pushing;

/// <summary>The file of <c>--stats</c>: opened before anything is sent, so that nobody waits for figures that cannot be written.</summary>
internal sealed class StatisticsFile : IDisposable
{
    private readonly FileStream _file;

    private StatisticsFile(FileStream file) => _file = file;

    /// <exception cref="CliException">It cannot be created.</exception>
    public static StatisticsFile Create(string path)
    {
        try
        {
            return new StatisticsFile(new FileStream(path, FileMode.Create, FileAccess.Write));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"--stats: '{path}' cannot be written: {error.Message}", error);
        }
    }

    public void Write(PushReport report)
    {
        JsonSerializer.Serialize(_file, report, ReportJson.Default.PushReport);
        _file.Write("\n"u8);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();
}
