using System.Buffers;
using System.Text.Json;

namespace Andmu.Pipeline.Device.State;

/// <summary>A small JSON file of one thing that is kept.</summary>
/// <remarks>Readable by its owner alone. Written whole to a second file, brought to the disk and renamed: a power cut leaves the old file or the new one.</remarks>
internal sealed class StateFile<T>(string path, StateForm<T> form)
    where T : class
{
    // The longest: a registration of six strings of at most 1023 bytes, each of which JSON may escape with six characters, and the keys.
    private const int MaxBytes = 40 * 1024;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // The deepest is four: the schedules, one of them, an entry, and one for versions to come.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly string _temporary = path + ".tmp";

    /// <summary>What is kept; null when there is no file.</summary>
    /// <exception cref="FormatException">The file is not one of ours, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public T? Read()
    {
        if (!Path.Exists(path))
        {
            return null;
        }

        ReadOnlyMemory<byte> bytes = ReadBytes();
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Strict);
            return form.Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException("It is not the JSON that it should be."); // without the cause, which may quote the file
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">It cannot be written; the old one stands.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old one stands.</exception>
    public void Write(T kept)
    {
        File.Delete(_temporary); // Left by a power cut, or put there by somebody: created anew it is ours, and no link.
        using (FileStream stream = CreatePrivate(_temporary))
        {
            stream.Write(ToJson(kept));
            stream.Flush(flushToDisk: true);
        }

        File.Move(_temporary, path, overwrite: true);
    }

    /// <summary>Takes away what others may do with the file: one that was copied back from somewhere may be open to all.</summary>
    /// <returns>Whether they could.</returns>
    /// <exception cref="IOException">It cannot be done.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done.</exception>
    public bool MakePrivate()
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~Private) == UnixFileMode.None)
        {
            return false;
        }

        File.SetUnixFileMode(path, Private);
        return true;
    }

    /// <summary>Deletes the file, and what a power cut may have left of a write.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be deleted.</exception>
    public void Delete()
    {
        File.Delete(path);
        File.Delete(_temporary);
    }

    private ReadOnlySpan<byte> ToJson(T kept)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            form.Write(json, kept);
            json.WriteEndObject();
        }

        return text.WrittenSpan;
    }

    private ReadOnlyMemory<byte> ReadBytes()
    {
        // Read with a limit rather than asked for its length: what has been put in the file's place may have none.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        byte[] bytes = new byte[MaxBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxBytes ? bytes.AsMemory(0, length) : throw new FormatException("It is too long.");
    }

    private static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        return new FileStream(path, options);
    }
}
