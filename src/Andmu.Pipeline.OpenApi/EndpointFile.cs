using System.Globalization;
using System.Text;

namespace Andmu.Pipeline.OpenApi;

/// <summary>The file behind <see cref="EndpointCache"/>.</summary>
/// <remarks>
/// Lines of text, so that a person on the device can read and mend it:
/// <code>
/// andmu-endpoints 1
/// 2026-01-31T12:00:00Z 50922 hedgw.example
/// </code>
/// Written whole to a second file, brought to the disk and renamed: a power cut leaves the old file or the new one.
/// </remarks>
internal sealed class EndpointFile(string path)
{
    private const string Heading = "andmu-endpoints 1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // Three lines of at most 253 characters of host name and 27 of the rest.
    private const int MaxBytes = 1024;

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>The first <paramref name="capacity"/> entries; none when there is no file.</summary>
    /// <exception cref="FormatException">The file is not one of ours, damaged or too long.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public List<CachedEndpoint> Read(int capacity)
    {
        if (!Path.Exists(_path))
        {
            return [];
        }

        string[] lines = ReadText().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != Heading || lines.Length - 1 > capacity)
        {
            throw new FormatException("Not a file of gateway addresses.");
        }

        return [.. lines.Skip(1).Select(Parse)];
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">It cannot be written; the old one stands.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old one stands.</exception>
    public void Write(IEnumerable<CachedEndpoint> entries)
    {
        string temporary = _path + ".tmp";
        File.Delete(temporary); // Left by a power cut, or put there by somebody: created anew it is ours, and no link.
        using (FileStream stream = CreatePrivate(temporary))
        {
            stream.Write(Encoding.ASCII.GetBytes(Format(entries)));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }

    private string ReadText()
    {
        // Read with a limit rather than asked for its length: what has been put in the file's place may have none.
        using FileStream stream = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        byte[] bytes = new byte[MaxBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxBytes
            ? Encoding.ASCII.GetString(bytes, 0, length)
            : throw new FormatException("Too long for a file of gateway addresses.");
    }

    private static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static string Format(IEnumerable<CachedEndpoint> entries)
    {
        var text = new StringBuilder(Heading).Append('\n');
        foreach (CachedEndpoint entry in entries)
        {
            string added = entry.Added.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{added} {entry.Address.Port} {entry.Address.Host}\n");
        }

        return text.ToString();
    }

    private static CachedEndpoint Parse(string line)
    {
        string[] parts = line.Split(' ');
        return parts.Length == 3
            && DateTimeOffset.TryParseExact(
                parts[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset added)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && HedgwAddress.TryCreate(parts[2], port, out HedgwAddress? address)
                ? new CachedEndpoint(address, added)
                : throw new FormatException("A damaged line in the file of gateway addresses.");
    }
}
