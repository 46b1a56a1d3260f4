namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>Reads a response's body without ever holding more than the limit, whatever its headers promise.</summary>
internal static class BoundedBody
{
    // A usual answer is a few hundred bytes, settings about two thousand.
    private const int InitialBytes = 4096;

    /// <summary>Reads to the end of the body.</summary>
    /// <returns>The body, or null when it is longer than <paramref name="maxBytes"/>.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, maxBytes, cancellationToken);
    }

    /// <summary>Reads to the end of the stream; of a longer one, one byte more than the limit.</summary>
    /// <returns>The bytes, or null when they are more than <paramref name="maxBytes"/>.</returns>
    public static async Task<byte[]?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Math.Min(InitialBytes, maxBytes + 1)];
        int length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > maxBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
            }
        }

        return buffer.AsSpan(0, length).ToArray();
    }
}
