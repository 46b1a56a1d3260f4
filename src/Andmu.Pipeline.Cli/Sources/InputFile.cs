namespace Andmu.Pipeline.Cli.Sources;

/// <summary>Opens the files that a command line names.</summary>
internal static class InputFile
{
    /// <summary>Bytes asked of a file at a time.</summary>
    public const int ReadSize = 64 * 1024;

    /// <summary>Opens a file to be read from its beginning to its end, without a buffer of its own.</summary>
    /// <exception cref="CliException">It cannot be opened; the message says why.</exception>
    public static FileStream Open(string path, string option)
    {
        var options = new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0, Options = FileOptions.SequentialScan };
        try
        {
            return new FileStream(path, options);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, $"{option}: there is no file '{path}'.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            // .NET reports a directory so, too.
            string remedy = Directory.Exists(path) ? "is a directory: name a file in it" : "may not be read by this user: change its permissions";
            throw new CliException(ExitCode.Usage, $"{option}: '{path}' {remedy}.", error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Usage, $"{option}: '{path}' cannot be read: {error.Message}", error);
        }
    }
}
